import { IsoconvError, optionChecks } from "@isoconv/core-spec";
import { matchesAny } from "../plan/glob.js";
import type { Plan } from "../plan/plan.js";

interface ExpectationBase {
  /** A glob of case ids; one that matches no case of the whole plan is an error. */
  readonly cases: string;
  /** The reason. */
  readonly reason: string;
  /** The issue or the repro that tracks it. */
  readonly link: string;
}

/** A known failure. It is strict: if the case passes, or fails in another way, the verdict changes. */
export interface ExpectedFailure extends ExpectationBase {
  readonly kind: "xfail";
  /** A part of the reason of the failure. */
  readonly fails: string;
}

/** A case that is not run; the verdict is then `partial` at best. */
export interface Skip extends ExpectationBase {
  readonly kind: "skip";
}

/** A known failure or a skipped case; the author of a backend keeps a list of them beside it. */
export type Expectation = ExpectedFailure | Skip;

const KIND = optionChecks.oneOf(["xfail", "skip"]);

/**
 * Refuses expectations of an unknown kind, or without `reason`, `link` or `fails`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`
 */
export function checkExpectations(expectations: readonly Expectation[]): void {
  for (const [index, expectation] of expectations.entries()) {
    KIND.parse(expectation.kind, { path: `expectations[${index}].kind` });
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

/** The first expectation that matches a case. */
export function expectationOf(expectations: readonly Expectation[], id: string): Expectation | undefined {
  return expectations.find(({ cases }) => matchesAny([cases], id));
}

/** The expectations that match no case. They are stale, unless a filter left the cases out. */
export function staleExpectations(expectations: readonly Expectation[], plan: Plan): readonly Expectation[] {
  if (plan.filter.length > 0) return [];
  return expectations.filter(({ cases }) => !plan.cases.some(({ id }) => matchesAny([cases], id)));
}
