import { expect, it } from "vitest";
import { plannedCase } from "./open-target.js";

it("plans a case with the chosen ones, or alone if the filter excludes it", () => {
  const id = "op/relu/exact/default";
  const chosen = { budget: "quick", filter: ["op/relu/exact/**"] } as const;
  const { plan, testCase } = plannedCase(chosen, id);
  expect([testCase.id, plan.filter]).toEqual([id, chosen.filter]);
  expect(() => plannedCase(chosen, "op/relu/exact/none")).toThrow("no such case");
  const alone = plannedCase({ ...chosen, filter: ["no/such/case"] }, id);
  expect([alone.testCase, alone.plan.filter]).toEqual([testCase, [id]]);
});
