import type { Case, FamilyName, Plan } from "@isoconv/conformance";
import { graphCost, opNames } from "@isoconv/core-spec";

/** Families that are run whole, but on software GPUs. */
const whole: readonly FamilyName[] = ["probe", "trap", "contract"];
/** How many cases of each operation are run of the others; cases of no operation are run all. */
const mostOfOp: Partial<Readonly<Record<FamilyName, number>>> = {
  exact: 1,
  matrix: 1,
  size: 2,
  special: 1,
  relation: 1,
  graph: 1,
  error: 1,
  state: 1,
};
/** A processor that plays the GPU takes ten times as long. */
const LESS_ON_GPU = 8;
/** There an operation is run in every third of the families that it has cases of its own in, each in other ones. */
const FAMILIES_ON_GPU = 3;

/**
 * The ids of what `npm test` runs: every operation in every family but random graphs, and one network of eleven; on a
 * software GPU one case of each operation in a third of the families, the smallest of its sizes, and an eighth of those of no
 * operation.
 * `npm run test:full` and `npm run docs` run the whole of each report's plan.
 */
export function partOf({ cases }: Plan, { isOnGpu }: { readonly isOnGpu: boolean }): readonly string[] {
  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    const key = `${each.family} ${each.ops[0] ?? ""} ${each.ops.length > 1 ? "and others" : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const less = isOnGpu ? LESS_ON_GPU : 1;
  const run = isOnGpu ? everyThird([...groups.values()]) : [...groups.values()];
  const chosen = run.flatMap((group) => evenly(isOnGpu ? bySize(group) : group, Math.ceil(mostOf(group) / less)));
  const network = cases.filter((each) => each.family === "model" && each.model === "d2l/lenet");
  return [...chosen, ...network].map(({ id }) => id);
}

/** Groups of single operations are dropped but for a third, which has every operation and every family. */
function everyThird(groups: readonly (readonly Case[])[]): readonly (readonly Case[])[] {
  const families = new Map<string, number>();
  return groups.filter(([first]) => {
    if (first === undefined || first.ops.length !== 1) return true;
    const [op = ""] = first.ops;
    const turn = families.get(op) ?? opNames.findIndex((name) => name === op);
    families.set(op, turn + 1);
    return turn % FAMILIES_ON_GPU === 0;
  });
}

function mostOf(group: readonly Case[]): number {
  const [first] = group;
  if (first === undefined || first.family === "model" || first.family === "property") return 0;
  return whole.includes(first.family) || first.ops.length === 0 ? group.length : (mostOfOp[first.family] ?? 0);
}

/** Sizes by what they read, write and multiply; others as they are. */
function bySize(group: readonly Case[]): readonly Case[] {
  return group.toSorted((a, b) => workOf(a) - workOf(b));
}

function workOf(each: Case): number {
  if (each.family !== "size") return 0;
  const { macs, bytesRead, bytesWritten } = graphCost(each.network.graph, each.network.batch);
  return macs + bytesRead + bytesWritten;
}

/** As many of a list as asked for, at even distances. */
function evenly<T>(list: readonly T[], count: number): readonly T[] {
  if (count >= list.length) return list;
  return list.filter(
    (_, index) => Math.floor((index * count) / list.length) !== Math.floor(((index - 1) * count) / list.length),
  );
}
