import type { Backend } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreements, labelOf, oneNode, type OpCase } from "./agreement.test.support.js";
import { linearCases } from "./cases/dense.test.support.js";
import { arithmeticCases, elementwiseCases } from "./cases/elementwise.test.support.js";
import { movementCases, reductionCases } from "./cases/movement.test.support.js";
import { normalisationCases } from "./cases/normalisation.test.support.js";
import { exactRankCases, roundedRankCases } from "./cases/ranks.test.support.js";
import { convolutionCases, convTransposeCases, poolCases } from "./cases/windows.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { createBackend as createWasm } from "./wasm/index.js";

/** Families whose results are exact on small whole numbers. */
const exactFamilies: Readonly<Record<string, readonly OpCase[]>> = {
  convolutions: convolutionCases,
  "transposed convolutions": convTransposeCases,
  "linear layers": linearCases,
  "maximum pools": poolCases.filter(({ op }) => op === "maxPool2d"),
  arithmetic: arithmeticCases,
  movements: movementCases,
  "operations of rank 5 to 8": exactRankCases,
};

const roundedFamilies: Readonly<Record<string, readonly OpCase[]>> = {
  convolutions: convolutionCases,
  "transposed convolutions": convTransposeCases,
  "linear layers": linearCases,
  pools: poolCases,
  normalisations: normalisationCases,
  arithmetic: arithmeticCases,
  "elementwise functions": elementwiseCases,
  reductions: reductionCases,
  "operations of rank 5 to 8": roundedRankCases,
};

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
])("operations on %s", (_name, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(async () => {
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    await backend.dispose();
  });

  describe.each(Object.entries(exactFamilies))("%s are exact on whole numbers", (_family, cases) => {
    it.each(cases.map((testCase) => [labelOf(testCase), testCase] as const))("%s", async (_label, testCase) => {
      expect(await disagreements(backend, oneNode(testCase, "lattice", "parameters"), true)).toEqual([]);
      expect(await disagreements(backend, oneNode(testCase, "lattice", "fed"), true)).toEqual([]);
    });
  });

  describe.each(Object.entries(roundedFamilies))("%s are within their bounds", (_family, cases) => {
    it.each(cases.map((testCase) => [labelOf(testCase), testCase] as const))("%s", async (_label, testCase) => {
      expect(await disagreements(backend, oneNode(testCase, "real", "parameters"))).toEqual([]);
      expect(await disagreements(backend, oneNode(testCase, "real", "fed"))).toEqual([]);
    });
  });
});
