import { definitionOf, opNames } from "@isoconv/core-spec";
import { exampleNetwork, ruleOf } from "@isoconv/judge";
import { describe, expect, it } from "vitest";
import { correct, hostBackend, mapKernels } from "../../faults/base.js";
import { mapElements } from "../../faults/host-array.js";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";

const bitExact = opNames.filter((op) => {
  const { graph } = exampleNetwork(op, op);
  return ruleOf(graph, graph.nodes[0], 1).kind === "exact";
});

describe("the sign of zero", () => {
  it("is kept by every operation that must return equal bits", () => {
    expect(bitExact).toContain("pad2d");
    for (const op of bitExact) expect(definitionOf(op).special.signedZero, op).toBe("kept");
  });

  it.each(bitExact)("is checked in the results of %s", async (op) => {
    const unsigned = mapKernels(correct, (value, name) =>
      name === op ? mapElements(value, (element) => element + 0) : value,
    );
    const plan = planConformance({ filter: [`op/${op}/special/**`] });
    const create = async (): Promise<ReturnType<typeof hostBackend>> =>
      hostBackend("unsigned", { kernels: unsigned, passes: [] });
    const { cases } = await runConformance(plan, { create });
    const failed = cases.filter(({ status }) => status === "fail");
    expect(failed.length).toBeGreaterThan(0);
    for (const { reason } of failed) expect(reason).toMatch(/expected -0 ± 0, got 0/);
  });
});
