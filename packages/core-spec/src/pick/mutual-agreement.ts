import type { Backend, Results } from "../backend/backend.js";
import type { Graph } from "../graph/graph.js";
import { formatShape, sameShape } from "../shape.js";
import { ownValue, type Tensor } from "../tensor.js";
import { floatAllowance } from "./float-allowance.js";

/** One backend's results. */
export interface Answer {
  readonly id: string;
  readonly backend: Pick<Backend, "id" | "capabilities">;
  readonly results: Results;
}

/** The largest useful sum of two allowances, relative to the largest element. Above it wrong results would pass. */
const MOST_ALLOWANCE = 0.1;

/** Why two answers do not agree: they contradict each other, or their allowances are too large for a comparison. */
type Difference = { readonly contradicts: string } | { readonly untold: string };

/**
 * Compares backends with each other. Two agree if every element of every output differs by at most the sum of their
 * allowances (`floatAllowance`), relative to the output's largest element, and NaN and ∞ are the same in both. If that
 * sum is above a tenth, they cannot be compared.
 *
 * If more than half of the answers agree pairwise, they are right, unless there is a second such group of the same
 * size: a coarse backend that agrees with two fine ones does not make these agree. Without such a majority every answer
 * that disagrees with any other is refused. A single answer is accepted, because there is nothing to compare it with.
 *
 * @returns what is wrong with each answer, in order; `undefined` where nothing is
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
      ? `${difference.contradicts}, and no majority decides which is right: give a judge as agree`
      : `${difference.contradicts}, as ${majority.size} of ${answers.length} have it`;
  });
}

/**
 * The only majority whose members agree pairwise. Its leader is the member with the smallest allowance, which shows the
 * errors of others best.
 */
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

/** The worst difference beyond the sum of the allowances, as text. */
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

/** The flat index of the element that exceeds the bound most. */
function worstElement(a: Tensor, b: Tensor, bound: number): number | undefined {
  let worst: number | undefined;
  let most = bound;
  for (let i = 0; i < a.data.length; i += 1) {
    const [x, y] = [a.data[i], b.data[i]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const difference = Math.abs(x - y);
    // Exactly one of the two is NaN: the largest possible difference.
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
