import { describeConformance } from "@isoconv/conformance/vitest";
import { expect, it } from "vitest";
import { available } from "./page-backends.js";

it("runs in a page that is isolated", () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
});

const filter = ["probe/**", "trap/**"];
for (const { id, create } of available) describeConformance({ name: id, create, filter });
