import { float32, graphBuilder } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { predictionsOf, renderPredictions } from "./predictions.js";

const g = graphBuilder("net");
const x = g.input("x", ["N", 3]);
const logits = g.build({ scores: x });
const probabilities = g.build({ scores: g.softmax({ x }, { axis: 1 }) });
const names = ["ant", "bee", "cat"];
const of = (rows: readonly number[], count?: number) =>
  predictionsOf(logits, { scores: float32([rows.length / 3, 3], rows) }, names, count)!;

it("has probabilities and names, most likely first: five of one image, one of each of several", () => {
  const [{ image, top }] = of([0, Math.log(3), 0]);
  expect([image, top.map(({ name }) => name)]).toEqual([0, ["bee", "ant", "cat"]]);
  expect(top.map(({ probability }) => Number(probability.toFixed(6)))).toEqual([0.6, 0.2, 0.2]);
  expect(of([0, 1, 2, 2, 1, 0]).map(({ top }) => top.map((prediction) => prediction.class))).toEqual([[2], [0]]);
  expect(of([0, 1, 2, 2, 1, 0], 2).map(({ top }) => top.length)).toEqual([2, 2]);
});

it("takes the scores of a network that ends with a softmax for probabilities", () => {
  const results = { scores: float32([1, 3], [0.25, 0.5, 0.25]) };
  const [{ top }] = predictionsOf(probabilities, results, [], 1)!;
  expect(top[0]).toMatchObject({ class: 1, name: "class 1" });
  expect(top[0].probability).toBeCloseTo(0.5, 6);
});

it("has no class for NaN, and none at all for an image whose logits are all NaN", () => {
  expect(of([Number.NaN, 1, 0])[0].top.map((prediction) => prediction.class)).toEqual([1, 2]);
  const none = of([Number.NaN, Number.NaN, Number.NaN]);
  expect(none).toEqual([{ image: 0, top: [] }]);
  expect(renderPredictions(none)).toMatch(/0\s+–\s+not a number\s+NaN\s+–/);
});

it("is undefined for an output that is not a row of scores for each image", () => {
  expect(predictionsOf(logits, { scores: float32([1, 3, 1, 1]) }, [], 1)).toBeUndefined();
});

it("is a table of at most ten images", () => {
  const table = renderPredictions(of(Array.from({ length: 36 }, (_, index) => index % 5)));
  expect(table.split("\n")).toHaveLength(2 + 10 + 1);
  expect(table).toContain("… and 2 more; --json or --output has them all");
});
