import { matchesAny, planConformance, type Case, type Plan } from "@isoconv/conformance";
import { faults } from "@isoconv/conformance-faults";
import { IsoconvError, type Backend } from "@isoconv/core-spec";
import { createBackend } from "../../engine/create-backend.js";
import type { PlanChoice } from "./suite-tasks.js";
import { isFaultId, type Target } from "./target.js";

/**
 * Creates the target of the suite.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason, `INVALID_ATTRIBUTE` for an unknown fault
 */
export async function createTarget(target: Target, base: string): Promise<Backend> {
  if (!isFaultId(target)) return createBackend(target, base);
  const fault = faults.find(({ name }) => `fault/${name}` === target);
  if (fault !== undefined) return fault.create();
  throw new IsoconvError("INVALID_ATTRIBUTE", { path: "fault", what: "no such faulty backend", received: target });
}

/** The last plan of this worker, kept for cases that are shown afterwards, because planning takes seconds. */
let last: { readonly key: string; readonly plan: Plan } | undefined;

/** @throws IsoconvError `INVALID_ATTRIBUTE` for a filter that matches no case */
export function planOf({ budget, filter }: PlanChoice): Plan {
  const key = JSON.stringify([budget, filter]);
  if (last?.key !== key) last = { key, plan: planConformance({ budget, filter }) };
  return last.plan;
}

/**
 * A case and a plan that has it: the chosen plan, or a separate one if a link names a case that the filter excludes.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` if the budget has no such case
 */
export function plannedCase(
  { budget, filter }: PlanChoice,
  id: string,
): { readonly plan: Plan; readonly testCase: Case } {
  const isChosen = filter.length === 0 || matchesAny(filter, id);
  const plan = planOf({ budget, filter: isChosen ? filter : [id] });
  const testCase = plan.cases.find((each) => each.id === id);
  if (testCase !== undefined) return { plan, testCase };
  throw new IsoconvError("INVALID_ATTRIBUTE", { path: "case", what: "no such case", received: id });
}
