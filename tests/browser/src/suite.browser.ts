import { describeConformance } from "@isoconv/conformance/vitest";
import { expect, inject, it } from "vitest";
import { withoutHardware } from "./page-backends.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Whether `npm run test:full` runs. */
    readonly isFull: boolean;
  }
}

it("runs in a page that is isolated", () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
});

// The reports run the same cases on all backends of a page. Here vitest's browser mode is at issue, threads included.
const few: readonly string[] = ["reference", "onnx-wasm"];
const filter = ["probe/**", "trap/**"];
for (const { id, create } of withoutHardware) {
  if (inject("isFull") || few.includes(id)) describeConformance({ name: id, create, filter });
}
