import { expect, it } from "vitest";
import type { CaseLine } from "./suite-tasks.js";
import { addResults, tallyOf } from "./tally.js";

const line = (id: string, status: CaseLine["status"], share: number, worst?: CaseLine["shares"][number]["worst"]) =>
  ({ id, family: "matrix", ops: ["relu"], status, shares: [{ op: "relu", share, worst }] }) satisfies CaseLine;

const worst = { value: "y", index: [0], expected: 1, got: 2, bound: 0.5 };
const lines: readonly CaseLine[] = [
  line("a", "pass", 0.25),
  line("b", "fail", 2, worst),
  line("c", "pass", 0.5),
  {
    id: "d",
    family: "trap",
    ops: ["relu", "add"],
    status: "pass",
    shares: [{ op: "mul", share: 0, worst: undefined }],
  },
];

it("counts by operation, family and status, and keeps the worst share and its case, as a report does", () => {
  const expected = tallyOf([
    {
      op: "relu",
      families: { matrix: { pass: 2, fail: 1 }, trap: { pass: 1 } },
      worst: { op: "relu", share: 2, worst, case: "b" },
    },
    { op: "add", families: { trap: { pass: 1 } }, worst: undefined },
    { op: "mul", families: {}, worst: { op: "mul", share: 0, worst: undefined, case: "d" } },
  ]);
  expect(addResults(new Map(), lines)).toEqual(expected);
});

it("is the same for any batches of results", () => {
  const inTwo = addResults(addResults(new Map(), lines.slice(0, 2)), lines.slice(2));
  expect(inTwo).toEqual(addResults(new Map(), lines));
});

it("does not change its arguments", () => {
  const first = addResults(new Map(), lines.slice(0, 1));
  addResults(first, lines.slice(1));
  expect(first).toEqual(addResults(new Map(), lines.slice(0, 1)));
});
