import { IsoconvError } from "@isoconv/core-spec";
import { matchesAny } from "../plan/glob.js";
import type { Plan } from "../plan/plan.js";

interface ExpectationBase {
  /** Glob of the case ids it speaks of; one that matches no case of the whole plan is an error. */
  readonly cases: string;
  /** Why. */
  readonly reason: string;
  /** Where it is tracked: an issue, or a written repro. */
  readonly link: string;
}

/** A case known to fail. Strict: when it passes, or fails in another way, the verdict says so. */
export interface ExpectedFailure extends ExpectationBase {
  readonly kind: "xfail";
  /** Part of the reason the case fails with. */
  readonly fails: string;
}

/** A case not to be run; the verdict is then `partial` at best. */
export interface Skip extends ExpectationBase {
  readonly kind: "skip";
}

/** What a backend's author knows and says: data, beside the backend. */
export type Expectation = ExpectedFailure | Skip;

/**
 * Refuses expectations that lack a reason, a link or what fails.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`
 */
export function checkExpectations(expectations: readonly Expectation[]): void {
  for (const [index, expectation] of expectations.entries()) {
    const required = ["cases", "reason", "link", ...(expectation.kind === "xfail" ? ["fails"] : [])];
    for (const key of required) {
      const text: unknown = Object.entries(expectation).find(([name]) => name === key)?.[1];
      if (typeof text === "string" && text.trim() !== "") continue;
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        path: `expectations[${index}].${key}`,
        what: "an expectation without it",
        expected: "a text",
        received: text,
      });
    }
  }
}

/** The first expectation that speaks of a case. */
export function expectationOf(expectations: readonly Expectation[], id: string): Expectation | undefined {
  return expectations.find(({ cases }) => matchesAny([cases], id));
}

/** The expectations that speak of no case: stale, unless a filter left the cases out. */
export function staleExpectations(expectations: readonly Expectation[], plan: Plan): readonly Expectation[] {
  if (plan.filter.length > 0) return [];
  return expectations.filter(({ cases }) => !plan.cases.some(({ id }) => matchesAny([cases], id)));
}
