import { checkOptions, IsoconvError, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import type { PlanContext } from "../families/family.js";
import { families } from "../families/families.js";
import { budgets, type Budget } from "./budget.js";
import { noSuchCase } from "./no-such-case.js";
import { familyNames, type Case } from "./case.js";
import { matcherOf, mayMatch } from "./glob.js";
import { profiles, type ProfileName } from "./profile.js";
import { takeShare } from "./take-share.js";

export interface PlanOptions {
  readonly profile?: ProfileName;
  readonly budget?: Budget;
  /** The seed of all random data: an integer in [0, 2³²). */
  readonly seed?: number;
  /** The share of the cases to take, in (0, 1], drawn by the seed: for slow devices. The verdict names it. */
  readonly share?: number;
  /** Globs of case ids; a case is planned if any matches. The default is every case. */
  readonly filter?: readonly string[];
  /** The id of the only case to plan; the filter is then ignored. */
  readonly replay?: string | undefined;
}

/** The cases of a run as pure data. A plan depends on its options only, not on the backend. */
export interface Plan {
  readonly format: "isoconv-conformance-plan";
  readonly version: 1;
  readonly profile: ProfileName;
  readonly budget: Budget;
  readonly seed: number;
  /** The share of the cases that was taken, in (0, 1]. */
  readonly share: number;
  readonly filter: readonly string[];
  readonly cases: readonly Case[];
  /** The number of cases that the filter left out, before the share was taken; `uncounted` if they were not planned. */
  readonly omitted: number | "uncounted";
}

export const PLAN_OPTIONS: KnownOptions<PlanOptions> = {
  // The plan checks the values, for the command line too, whose options have other paths.
  known: {
    profile: true,
    budget: true,
    seed: true,
    share: true,
    filter: optionChecks.texts,
    replay: optionChecks.text,
  },
};

/**
 * Plans the cases of a run.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option, profile or budget, a seed or a share out of range, or a glob
 *   of the filter that matches no case
 */
export function planConformance(options: PlanOptions = {}): Plan {
  checkOptions(options, PLAN_OPTIONS, { op: "planConformance" });
  const { profile = "inference", budget = "quick", seed = 1, share = 1, replay, filter: globs = [] } = options;
  const checked = {
    profile: oneOf(profiles, profile, "profile"),
    limits: oneOf(budgets, budget, "budget"),
    seed: checkSeed(seed),
    budget,
  };
  checkShare(share);
  const filter = replay === undefined ? globs : [replay];
  const { planned, isWhole } = planCases(checked, filter);
  const matchers = filter.map((glob) => (replay === undefined ? matcherOf(glob) : (id: string) => id === glob));
  const matching = planned.filter(({ id }) => filter.length === 0 || matchers.some((matches) => matches(id)));
  const idle = filter.find((_, k) => !matching.some(({ id }) => matchers[k]?.(id)));
  if (idle !== undefined) {
    throw noSuchCase(replay === undefined ? "filter" : "replay", idle, wholePlan(checked));
  }
  return Object.freeze({
    format: "isoconv-conformance-plan",
    version: 1,
    profile,
    budget,
    seed,
    share,
    filter: [...filter],
    cases: takeShare(matching, share, seed),
    omitted: isWhole ? planned.length - matching.length : "uncounted",
  });
}

type Options = Omit<PlanContext, "wants">;

/** The last plan without a filter. Planning takes seconds; the error for a filter asks for it, and every share. */
let whole: { readonly of: Options; readonly cases: readonly Case[] } | undefined;

function wholePlan(of: Options): readonly Case[] {
  if (whole?.of.profile !== of.profile || whole.of.budget !== of.budget || whole.of.seed !== of.seed) {
    whole = { of, cases: planFamilies({ ...of, wants: () => true }) };
  }
  return whole.cases;
}

/** Plans the families and operations that a filter can match, or all without a filter. */
function planCases(
  context: Options,
  filter: readonly string[],
): { readonly planned: readonly Case[]; readonly isWhole: boolean } {
  if (filter.length === 0) return { planned: wholePlan(context), isWhole: true };
  let isWhole = true;
  const wants = (prefix: string): boolean => {
    const isWanted = mayMatch(filter, prefix);
    if (!isWanted) isWhole = false;
    return isWanted;
  };
  const planned = planFamilies({ ...context, wants });
  return { planned, isWhole };
}

function planFamilies(context: PlanContext): readonly Case[] {
  return familyNames.flatMap((name): readonly Case[] => families[name].plan(context));
}

function oneOf<T>(table: Readonly<Record<string, T>>, name: string, path: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  throw invalid(path, `no such ${path}`, Object.keys(table).join(", "), name);
}

function checkSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw invalid("seed", "not a seed", "an integer in [0, 2³²)", seed);
}

function checkShare(share: number): void {
  if (share > 0 && share <= 1) return;
  throw invalid("share", "not a share", "a number in (0, 1]", share);
}

function invalid(path: string, what: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_ATTRIBUTE", { path, what, expected, received });
}
