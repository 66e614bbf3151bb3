import type { Backend } from "@isoconv/core-spec";
import type { JudgedRun, Judgement } from "@isoconv/judge";
import type { Budget, BudgetLimits } from "../plan/budget.js";
import type { Case } from "../plan/case.js";
import type { Profile } from "../plan/profile.js";

/** The input of a family's planner. */
export interface PlanContext {
  readonly profile: Profile;
  readonly budget: Budget;
  readonly limits: BudgetLimits;
  readonly seed: number;
  /** Whether the filter can match an id with this prefix; other cases need not be planned. */
  readonly wants: (prefix: string) => boolean;
}

/** The input of a case's runner. */
export interface RunContext extends JudgedRun {
  /** Another backend of the same kind, for cases that dispose it. The caller disposes it. */
  readonly create: () => Promise<Backend>;
}

/** A family of cases: its planner and its runner. */
export interface Family<C extends Case> {
  plan(context: PlanContext): readonly C[];
  run(testCase: C, context: RunContext): Promise<Judgement>;
}
