import { expect, it } from "vitest";
import { broadcastShapes } from "./broadcast.js";

it.each<[a: number[], b: number[], merged: [number[], number[]], result: number[]]>([
  [
    [2, 3, 4],
    [2, 3, 4],
    [[24], [24]],
    [2, 3, 4],
  ],
  [[2, 3, 4], [], [[24], [1]], [2, 3, 4]],
  [[], [], [[1], [1]], []],
  [[1, 1], [1], [[1], [1]], [1, 1]],
  [
    [2, 4, 5, 3],
    [3],
    [
      [40, 3],
      [1, 3],
    ],
    [2, 4, 5, 3],
  ],
  [
    [2, 4, 5, 3],
    [1, 4, 5, 1],
    [
      [2, 20, 3],
      [1, 20, 1],
    ],
    [2, 4, 5, 3],
  ],
  [
    [2, 1, 3],
    [1, 4, 3],
    [
      [2, 1, 3],
      [1, 4, 3],
    ],
    [2, 4, 3],
  ],
  [
    [2, 1, 1, 3],
    [1, 1, 4, 3],
    [
      [2, 1, 3],
      [1, 4, 3],
    ],
    [2, 1, 4, 3],
  ],
])("broadcasting %j with %j takes as few axes as it can", (a, b, [mergedA, mergedB], result) => {
  expect(broadcastShapes(a, b)).toEqual({ a: mergedA, b: mergedB, result });
});
