import { expect, it } from "vitest";
import { capabilities, nothing } from "../backend/toy-backend.test.support.js";
import { graphBuilder } from "../graph/builder.js";
import { float32 } from "../tensor.js";
import { floatAllowance } from "./float-allowance.js";
import { mutualComplaints, type Answer } from "./mutual-agreement.js";

const u = 2 ** -24;
const g = graphBuilder("net");
const graph = g.build({
  y: g.relu({ x: g.linear({ x: g.input("x", ["N", 16]), w: g.parameter("w", [2, 16]) }) }),
});

const answer = (id: string, values: readonly number[], arithmetic: "f32" | "f16" = "f32"): Answer => ({
  id,
  backend: { id, capabilities: { ...capabilities, arithmetic, ops: nothing } },
  results: { y: float32([1, values.length], values) },
});
const complaints = (...answers: readonly Answer[]) => mutualComplaints(graph, answers);

it("allows the registry's allowances of all nodes, in the arithmetic of the class", () => {
  // The linear layer's 16 for a dot product of 16 terms, and one rounding of its result; relu selects.
  expect(floatAllowance(graph, { arithmetic: "f32", convAlgorithm: "direct" })).toBe(17 * u);
  expect(floatAllowance(graph, { arithmetic: "tf32", convAlgorithm: "direct" })).toBe(17 * u + 2 * 2 ** -10);
  expect(floatAllowance(graph, { arithmetic: "f16", convAlgorithm: "direct" })).toBe(20 * 2 ** -11);
});

it("allows a convolution more where it may use a fast algorithm", () => {
  const h = graphBuilder("conv");
  const conv = h.build({ y: h.conv2d({ x: h.input("x", ["N", 1, 4, 4]), w: h.parameter("w", [1, 1, 3, 3]) }) });
  expect(floatAllowance(conv, { arithmetic: "f32", convAlgorithm: "direct" })).toBe(12 * u);
  expect(floatAllowance(conv, { arithmetic: "f32", convAlgorithm: "fast" })).toBe(14 * 12 * u);
});

it("accepts differences up to the sum of both allowances, relative to the largest element", () => {
  expect(complaints(answer("a", [100, 1]), answer("b", [100, 1 + 100 * 33 * u]))).toEqual([undefined, undefined]);
  const [one, other] = complaints(answer("a", [100, 1]), answer("b", [100, 1 + 100 * 40 * u]));
  expect(one).toMatch(/^output "y"\[1\] is 1 where b has 1\.00\d+ ± \d\.\de-4, and no majority decides which is right/);
  expect(other).toContain("no majority");
});

it("does not take inherited properties for outputs", () => {
  const h = graphBuilder("net");
  const inherited = h.build({ constructor: h.relu({ x: h.input("x", [1]) }) });
  const [one, other] = [answer("a", [1]), answer("b", [1])].map((each) => ({ ...each, results: {} }));
  expect(mutualComplaints(inherited, [one, other])[0]).toMatch(/^output "constructor" not returned/);
});

it("allows a coarser class to differ more", () => {
  expect(complaints(answer("a", [1]), answer("half", [1.005], "f16"))).toEqual([undefined, undefined]);
  expect(complaints(answer("a", [1]), answer("b", [1.005]), answer("c", [1]))[1]).toContain("as 2 of 3 have it");
});

it("refuses a backend that differs from the majority, also in NaN, ∞ and missing outputs", () => {
  const [a, b] = [answer("a", [Infinity, Number.NaN, 1]), answer("b", [Infinity, Number.NaN, 1])];
  expect(complaints(a, b, answer("c", [Infinity, 0, 1]))).toEqual([
    undefined,
    undefined,
    expect.stringMatching(/^output "y"\[1\] is 0 where a has NaN/),
  ]);
  expect(complaints(a, b, answer("c", [-Infinity, Number.NaN, 1]))[2]).toContain("[0] is -Infinity");
  expect(complaints(a, b, answer("c", [1]))[2]).toContain("has shape 1×1 where a has 1×3");
  expect(complaints(a, b, { ...answer("c", []), results: {} })[2]).toContain('output "y" not returned');
});

it("does not accept a coarse backend that agrees with both of two that differ", () => {
  const [right, wrong, half] = [answer("right", [1]), answer("wrong", [1.01]), answer("half", [1.005], "f16")];
  for (const answers of [
    [right, wrong, half],
    [half, wrong, right],
  ]) {
    const said = new Map(complaints(...answers).map((complaint, i) => [answers[i].id, complaint]));
    expect(said.get("right")).toMatch(/where wrong has 1\.0.*no majority/);
    expect(said.get("wrong")).toMatch(/where right has 1 .*no majority/);
  }
  expect(complaints(half, wrong, right, answer("third", [1]))).toEqual([
    undefined,
    expect.stringMatching(/where right has 1 .*, as 3 of 4 have it$/),
    undefined,
    undefined,
  ]);
});

it("refuses to compare where right results may be a tenth off", () => {
  const deep = graphBuilder("deep");
  const x = deep.input("x", ["N", 2 ** 14]);
  const coarse = deep.build({ y: deep.linear({ x, w: deep.parameter("w", [1, 2 ** 14]) }) });
  const answers = [answer("a", [1]), answer("b", [1.05]), answer("half", [1], "f16")];
  const [a, b, half] = mutualComplaints(coarse, answers);
  expect(a).toMatch(/where b has 1\.0/);
  expect(b).toContain("where a has 1 ");
  expect(half).toMatch(
    /^no comparison with a is possible, since right results may differ by 0\.\d+ of .*: give a judge as agree$/,
  );
  expect(mutualComplaints(coarse, [answers[0], answer("c", [1]), answers[2]])).toEqual([undefined, undefined, half]);
});

it("finds nothing wrong with one answer, or with none", () => {
  expect(complaints(answer("a", [1]))).toEqual([undefined]);
  expect(complaints()).toEqual([]);
});
