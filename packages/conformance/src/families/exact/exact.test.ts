import { createBackend, runOracle } from "@isoconv/backend-reference";
import { expect, it } from "vitest";
import { planConformance } from "../../plan/plan.js";
import { fillNetwork } from "@isoconv/judge";
import type { AgreementCase } from "../../plan/case.js";
import { runConformance } from "../../run/run-conformance.js";

const plan = planConformance({ filter: ["op/*/exact/**"] });

it("passes on the reference", async () => {
  const { cases } = await runConformance(plan, { create: createBackend });
  expect(cases.filter(({ status }) => status !== "pass")).toEqual([]);
});

it("has no sum of 2¹¹ or more, so that half precision represents every partial sum", async () => {
  for (const testCase of plan.cases as readonly AgreementCase[]) {
    const { graph, parameters, feeds } = fillNetwork(testCase.network, { arithmetic: "f32" });
    for (const { value, magnitude } of Object.values(await runOracle(graph, parameters, feeds))) {
      const most = Math.max(0, ...magnitude, ...value.map(Math.abs).filter(Number.isFinite));
      expect(most, testCase.id).toBeLessThan(2 ** 11);
    }
  }
});

it("takes the operations without rounding", () => {
  const ops = new Set(plan.cases.flatMap((testCase) => testCase.ops));
  for (const op of ["conv2d", "convTranspose2d", "linear", "avgPool2d", "mean", "concat", "transpose"] as const) {
    expect(ops).toContain(op);
  }
  for (const op of ["softmax", "batchNorm", "layerNorm", "lrn", "gelu"] as const) expect(ops).not.toContain(op);
});
