import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** `npm run test:full` sets it. */
export const isFull = process.env["ISOCONV_FULL"] === "1";

/** Whatever `tools/vision/make_goldens.py` wrote under this name. */
export function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../goldens/${name}.json`, import.meta.url), "utf8"));
}

export function sha256(data: NodeJS.ArrayBufferView): string {
  return createHash("sha256").update(data).digest("hex");
}
