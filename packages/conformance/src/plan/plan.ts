import { IsoconvError } from "@isoconv/core-spec";
import { families } from "../families/families.js";
import { budgets, type Budget } from "./budget.js";
import { familyNames, type Case } from "./case.js";
import { matchesAny } from "./glob.js";
import { profiles, type ProfileName } from "./profile.js";

export interface PlanOptions {
  readonly profile?: ProfileName;
  readonly budget?: Budget;
  /** Of everything drawn at random: an integer in [0, 2³²). */
  readonly seed?: number;
  /** Globs of case ids; a case is planned when any matches. Everything, if left out. */
  readonly filter?: readonly string[];
}

/** What will be asked of a backend: pure data, the same for the same options, whatever the backend. */
export interface Plan {
  readonly format: "isoconv-conformance-plan";
  readonly version: 1;
  readonly profile: ProfileName;
  readonly budget: Budget;
  readonly seed: number;
  readonly filter: readonly string[];
  readonly cases: readonly Case[];
  /** How many cases of the profile the filter left out. */
  readonly omitted: number;
}

/**
 * Plans a verdict.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown profile or budget, a seed out of range, or a filter that
 *   matches no case
 */
export function planConformance({
  profile = "inference",
  budget = "quick",
  seed = 1,
  filter = [],
}: PlanOptions = {}): Plan {
  const checked = {
    profile: oneOf(profiles, profile, "profile"),
    limits: oneOf(budgets, budget, "budget"),
    seed: checkSeed(seed),
    budget,
  };
  const all = familyNames.flatMap((name): readonly Case[] => families[name].plan(checked));
  const cases = all.filter(({ id }) => filter.length === 0 || matchesAny(filter, id));
  if (cases.length === 0) throw invalid("filter", "no case matches", "globs of case ids, such as op/conv2d/**", filter);
  return Object.freeze({
    format: "isoconv-conformance-plan",
    version: 1,
    profile,
    budget,
    seed,
    filter: [...filter],
    cases,
    omitted: all.length - cases.length,
  });
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

function invalid(path: string, what: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_ATTRIBUTE", { path, what, expected, received });
}
