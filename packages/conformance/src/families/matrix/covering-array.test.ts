import { describe, expect, it } from "vitest";
import { coveringArray, type Axes, type Row } from "./covering-array.js";

const axes: Axes<number> = { a: [0, 1, 2, 3], b: [0, 1, 2], c: [0, 1, 2], d: [0, 1], e: [0, 1, 2, 3, 4] };
const names = Object.keys(axes);

function everyRow(): readonly Row<number>[] {
  return names.reduce<readonly Row<number>[]>(
    (rows, name) => rows.flatMap((row) => (axes[name] ?? []).map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** Every combination of `strength` values in a row, as text. */
function tuplesOf(row: Row<number>, strength: number): readonly string[] {
  const choose = (from: number, left: number): readonly string[] =>
    left === 0
      ? [""]
      : names
          .slice(from)
          .flatMap((name, k) => choose(from + k + 1, left - 1).map((rest) => `${name}${row[name]} ${rest}`));
  return choose(0, strength);
}

const rules: readonly (readonly [string, (row: Row<number>) => boolean])[] = [
  ["nothing is refused", () => true],
  ["a pair is refused", ({ a, b }) => !(a === 1 && b === 2)],
  ["a triple is refused", ({ a, c, e }) => !(a === 0 && c === 2 && e === 4)],
  ["a value is refused", ({ e }) => e !== 3],
  ["axes depend on one another", ({ a, b, e }) => (a + b) % 2 === 0 || e === 0],
];

describe.each([2, 3] as const)("of strength %d", (strength) => {
  it.each(rules)("hold every combination that occurs in a valid row, when %s", (_name, accepts) => {
    const { rows, impossible } = coveringArray(axes, strength, accepts);
    const valid = everyRow().filter(accepts);
    const possible = new Set(valid.flatMap((row) => tuplesOf(row, strength)));
    expect(new Set(rows.flatMap((row) => tuplesOf(row, strength)))).toEqual(possible);
    expect(rows.every(accepts)).toBe(true);
    expect(rows.length).toBeLessThan(valid.length / (strength === 2 ? 8 : 2));
    for (const part of impossible) {
      expect(valid.some((row) => Object.entries(part).every(([name, value]) => row[name] === value))).toBe(false);
    }
  });
});

it("is deterministic", () => {
  expect(coveringArray(axes, 2, () => true)).toEqual(coveringArray(axes, 2, () => true));
});

it("of no axes is one empty row", () => expect(coveringArray({}, 2, () => true).rows).toEqual([{}]));
