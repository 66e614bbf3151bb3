import { uniform } from "@isoconv/core-spec";
import type { Case, FamilyName } from "./case.js";

/** Families that every share has whole: they are cheap, or each of their cases is the only one of its kind. */
const whole: ReadonlySet<FamilyName> = new Set(["probe", "trap", "error", "contract"]);

/**
 * A share of a plan's cases, drawn by the seed, for slow devices: the same share of every family and operation, rounded up,
 * so that none is left out.
 */
export function takeShare(cases: readonly Case[], share: number, seed: number): readonly Case[] {
  if (share === 1) return cases;
  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    const key = `${each.family} ${each.ops.length === 1 ? each.ops[0] : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const taken = new Set(
    [...groups.entries()].flatMap(([key, group]) => {
      if (group.some(({ family }) => whole.has(family))) return group;
      const lots = uniform(seed, `share/${key}`, group.length, 0, 1);
      const drawn = group.map((each, k) => ({ each, lot: lots[k] })).toSorted((a, b) => a.lot - b.lot);
      return drawn.slice(0, Math.ceil(share * group.length)).map(({ each }) => each);
    }),
  );
  return cases.filter((each) => taken.has(each));
}
