import type { Backend, Capabilities } from "@isoconv/core-spec";
import type { Judgement } from "../judge/judgement.js";
import type { Budget, BudgetLimits } from "../plan/budget.js";
import type { Case } from "../plan/case.js";
import type { Profile } from "../plan/profile.js";

/** What a family plans its cases for. */
export interface PlanContext {
  readonly profile: Profile;
  readonly budget: Budget;
  readonly limits: BudgetLimits;
  readonly seed: number;
}

/** What a case is run with. */
export interface RunContext {
  readonly backend: Backend;
  /** Frozen data of the backend under test; bounds follow from it. */
  readonly capabilities: Capabilities;
  /** Another backend of the same kind, for cases that dispose it. The caller disposes it. */
  readonly create: () => Promise<Backend>;
  /** Expected results, kept while several backends run one plan. */
  readonly memo: Memo;
  readonly signal: AbortSignal | undefined;
}

/** One kind of case: how they are planned, and how one is run. */
export interface Family<C extends Case> {
  plan(context: PlanContext): readonly C[];
  run(testCase: C, context: RunContext): Promise<Judgement>;
}

/** Remembers what is expensive and the same for every backend: the oracle's results. */
export class Memo {
  readonly #kept = new Map<string, Promise<unknown>>();

  /** `key` names both the case and what is computed of it; the type is the caller's own affair under that key. */
  recall<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key) as Promise<T> | undefined;
    const result = known ?? compute();
    if (known === undefined) {
      this.#kept.set(key, result);
      // Whoever asked hears of the failure; the next to ask may fare better.
      result.catch(() => this.#kept.delete(key));
    }
    return result;
  }
}
