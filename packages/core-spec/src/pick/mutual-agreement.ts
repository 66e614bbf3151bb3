import type { Backend, Results } from "../backend/backend.js";
import type { Graph } from "../graph/graph.js";
import { formatShape, sameShape } from "../shape.js";
import { ownValue, type Tensor } from "../tensor.js";
import { floatAllowance } from "./float-allowance.js";

/** One backend's answer. */
export interface Answer {
  readonly id: string;
  readonly backend: Pick<Backend, "id" | "capabilities">;
  readonly results: Results;
}

/** From here on wrong results would pass: the sum of what two may be off by, relative to the largest element. */
const MOST_ALLOWANCE = 0.1;

/** Why two answers do not agree: they contradict each other, or what they may be off by is too much to tell. */
type Difference = { readonly contradicts: string } | { readonly untold: string };

/**
 * Holds backends to each other. Two agree where every element of every output differs by no more than both may be off
 * (`floatAllowance`), relative to the output's largest element, NaN and ∞ being the same in both; where that is more than
 * a tenth, they cannot be compared.
 *
 * More than half of all that agree with each other, every two of them, are right, unless others are as many: agreement
 * with a coarse backend does not make two fine ones agree. Without such a majority whoever does not agree with somebody
 * is refused. One alone has nobody to contradict it.
 *
 * @returns what is wrong with each, in order; `undefined` where nothing is
 */
export function mutualComplaints(graph: Graph, answers: readonly Answer[]): readonly (string | undefined)[] {
  const allowances = answers.map(({ backend }) => floatAllowance(graph, backend.capabilities));
  const differences = answers.map((one, i) =>
    answers.map((other, j) => (i === j ? undefined : differenceOf(graph, one, other, allowances[i] + allowances[j]))),
  );
  const majority = majorityOf(differences, allowances);
  return differences.map((row) => {
    const difference = majority === undefined ? row.find((found) => found !== undefined) : row[majority.leader];
    if (difference === undefined) return undefined;
    if ("untold" in difference) return `${difference.untold}: give a judge as agree`;
    return majority === undefined
      ? `${difference.contradicts}, and no majority tells who is right: give a judge as agree`
      : `${difference.contradicts}, as ${majority.size} of ${answers.length} have it`;
  });
}

/** The one majority that agrees pairwise, led by its finest member, against whom the others show best. */
function majorityOf(
  differences: readonly (readonly (Difference | undefined)[])[],
  allowances: readonly number[],
): { readonly leader: number; readonly size: number } | undefined {
  const agree = (i: number, j: number): boolean => differences[i][j] === undefined;
  const friendsOf = (i: number): readonly number[] => [...differences.keys()].filter((j) => agree(i, j));
  const leaders = [...differences.keys()].filter((i) => {
    const friends = friendsOf(i);
    return friends.length * 2 > differences.length && friends.every((j) => friends.every((k) => agree(j, k)));
  });
  const [leader] = leaders.toSorted((i, j) => allowances[i] - allowances[j]);
  if (leader === undefined || !leaders.every((i) => agree(i, leader))) return undefined;
  return { leader, size: friendsOf(leader).length };
}

/** The worst difference beyond what both may be off, in words. */
function differenceOf(graph: Graph, one: Answer, other: Answer, allowance: number): Difference | undefined {
  for (const { name } of graph.outputs) {
    const [a, b] = [ownValue(one.results, name), ownValue(other.results, name)];
    if (a === undefined) return { contradicts: `output "${name}" not returned` };
    if (b === undefined) return { contradicts: `output "${name}" is returned where ${other.id} returns none` };
    if (!sameShape(a.shape, b.shape) || a.data.length !== b.data.length) {
      const shapes = [formatShape(a.shape), formatShape(b.shape)];
      return { contradicts: `output "${name}" has shape ${shapes[0]} where ${other.id} has ${shapes[1]}` };
    }
    if (allowance > MOST_ALLOWANCE) {
      const off = `right results may differ by ${allowance.toPrecision(2)} of the largest element`;
      return { untold: `no comparison with ${other.id} is possible, since ${off} in these classes of arithmetic` };
    }
    const bound = allowance * Math.max(largest(a), largest(b));
    const worst = worstElement(a, b, bound);
    if (worst === undefined) continue;
    const [got, expected] = [a.data[worst], b.data[worst]];
    return {
      contradicts: `output "${name}"[${worst}] is ${got} where ${other.id} has ${expected} ± ${bound.toExponential(1)}`,
    };
  }
  return undefined;
}

/** The flat index of the element furthest beyond the bound. */
function worstElement(a: Tensor, b: Tensor, bound: number): number | undefined {
  let worst: number | undefined;
  let most = bound;
  for (let i = 0; i < a.data.length; i += 1) {
    const [x, y] = [a.data[i], b.data[i]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const difference = Math.abs(x - y);
    // One of the two is NaN: nothing is further off.
    if (Number.isNaN(difference)) return i;
    if (difference > most) [most, worst] = [difference, i];
  }
  return worst;
}

function largest({ data }: Tensor): number {
  let most = 0;
  for (let i = 0; i < data.length; i += 1) if (Number.isFinite(data[i])) most = Math.max(most, Math.abs(data[i]));
  return most;
}
