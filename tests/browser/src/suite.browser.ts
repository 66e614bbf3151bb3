import { describeConformance } from "@isoconv/conformance/vitest";
import { expect, it } from "vitest";
import { withoutHardware } from "./page-backends.js";

it("runs in a page that is isolated", () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
});

const filter = ["probe/**", "trap/**"];
for (const { id, create } of withoutHardware) describeConformance({ name: id, create, filter });
