import type { Backend } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreements, labelOf, oneNode, type OpCase } from "./agreement.test.support.js";
import { linearCases } from "./cases/dense.test.support.js";
import { arithmeticCases, elementwiseCases } from "./cases/elementwise.test.support.js";
import { movementCases, reductionCases } from "./cases/movement.test.support.js";
import { normalisationCases } from "./cases/normalisation.test.support.js";
import { convolutionCases, convTransposeCases, poolCases } from "./cases/windows.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { createBackend as createWasm } from "./wasm/index.js";

/** cpu declares `nonFinite: "ieee"`; wasm promises as much for data movement alone. */
const families: Readonly<Record<"cpu" | "wasm", readonly OpCase[]>> = {
  cpu: [
    ...convolutionCases,
    ...convTransposeCases,
    ...linearCases,
    ...poolCases,
    ...normalisationCases,
    ...arithmeticCases,
    ...elementwiseCases,
    ...movementCases,
    ...reductionCases,
  ],
  wasm: [...movementCases, ...arithmeticCases],
};

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
] as const)("NaN, ∞ and −0 on %s", (name, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(() => backend.dispose());

  it("are as the capabilities say", () => {
    expect(backend.capabilities.nonFinite).toBe(name === "cpu" ? "ieee" : "indeterminate");
  });

  it.each(families[name].map((testCase) => [labelOf(testCase), testCase] as const))("%s", async (_label, testCase) => {
    expect(await disagreements(backend, oneNode(testCase, "special", "parameters"))).toEqual([]);
  });
});
