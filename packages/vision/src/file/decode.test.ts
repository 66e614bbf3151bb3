import { readFileSync } from "node:fs";
import { isIsoconvError } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { golden, sha256 } from "../goldens.test.support.js";
import { readPicture } from "../node.js";
import type { PictureMode } from "../picture.js";

type Decoded = { readonly file: string } & (
  | {
      readonly width: number;
      readonly height: number;
      readonly sha256: Readonly<Partial<Record<PictureMode, string>>>;
    }
  | { readonly refused: string }
);

const files = golden("decode") as readonly Decoded[];
const bytesOf = (file: string): Uint8Array => readFileSync(new URL(`../../goldens/pictures/${file}`, import.meta.url));

describe("readPicture under Node", () => {
  it.each(files)("reads $file as Pillow does", async (decoded) => {
    const bytes = bytesOf(decoded.file);
    if ("refused" in decoded) {
      const error: unknown = await readPicture(decoded.file, bytes).catch((reason: unknown) => reason);
      if (!isIsoconvError(error, "INVALID_FILE")) throw error;
      return;
    }
    const { width, height, sha256: expected } = decoded;
    for (const [mode, hash] of Object.entries(expected)) {
      const picture = await readPicture(decoded.file, bytes, { mode: mode as PictureMode });
      expect(picture).toMatchObject({ mode, width, height });
      expect(sha256(picture.data), mode).toBe(hash);
    }
  });
});
