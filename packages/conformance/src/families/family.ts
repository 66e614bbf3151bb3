import type { Backend } from "@isoconv/core-spec";
import type { JudgedRun, Judgement } from "@isoconv/judge";
import type { Budget, BudgetLimits } from "../plan/budget.js";
import type { Case } from "../plan/case.js";
import type { Profile } from "../plan/profile.js";

/** What a family plans its cases for. */
export interface PlanContext {
  readonly profile: Profile;
  readonly budget: Budget;
  readonly limits: BudgetLimits;
  readonly seed: number;
  /** Whether any case whose id begins so is wanted; what is not need not be planned. */
  readonly wants: (prefix: string) => boolean;
}

/** What a case is run with. */
export interface RunContext extends JudgedRun {
  /** Another backend of the same kind, for cases that dispose it. The caller disposes it. */
  readonly create: () => Promise<Backend>;
}

/** One kind of case: how they are planned, and how one is run. */
export interface Family<C extends Case> {
  plan(context: PlanContext): readonly C[];
  run(testCase: C, context: RunContext): Promise<Judgement>;
}
