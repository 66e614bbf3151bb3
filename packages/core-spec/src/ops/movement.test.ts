import { expect, test } from "vitest";
import { averageGrowth, exact, rounded } from "../accuracy.js";
import { accuracyOf, infers, oneNode, refuses } from "../op-cases.test.support.js";
import { docOf } from "./docs.js";
import { definitionOf, opNames } from "../registry.js";
import type { Shape } from "../shape.js";

const x: Shape = ["N", 3, 4, 5];

infers("concat", [
  ["joins channels", { xs: [x, ["N", 2, 4, 5]] }, { axis: 1 }, ["N", 5, 4, 5]],
  ["takes one operand", { xs: [x] }, { axis: 3 }, x],
  [
    "takes empty operands",
    {
      xs: [
        [2, 0],
        [2, 3],
        [2, 0],
      ],
    },
    { axis: 1 },
    [2, 3],
  ],
  [
    "joins known batches",
    {
      xs: [
        [2, 3],
        [1, 3],
      ],
    },
    { axis: 0 },
    [3, 3],
  ],
]);
refuses("concat", [
  ["an axis outside the rank", { xs: [x] }, { axis: 4 }, "INVALID_ATTRIBUTE", "attrs.axis"],
  ["another height", { xs: [x, ["N", 3, 3, 5]] }, { axis: 1 }, "INVALID_SHAPE", "inputs.xs[1]"],
  ["another rank", { xs: [[2, 3], [2, 3], [2]] }, { axis: 0 }, "INVALID_SHAPE", "inputs.xs[2]"],
  ["a symbolic batch beside a fixed one", { xs: [x, [1, 3, 4, 5]] }, { axis: 1 }, "INVALID_SHAPE", "inputs.xs[1]"],
  ["symbolic batches to be joined", { xs: [x, x] }, { axis: 0 }, "INVALID_SHAPE", "inputs.xs[0]"],
  ["scalars", { xs: [[], []] }, { axis: 0 }, "INVALID_SHAPE", "inputs.xs[0]"],
]);

infers("slice", [
  ["cuts leading axes by default", { x: [4, 5] }, { starts: [1, 0], ends: [3, 2] }, [2, 2]],
  ["cuts the axes it is told", { x }, { axes: [3, 1], starts: [2, 0], ends: [5, 1] }, ["N", 1, 4, 3]],
  ["cuts nothing when nothing is named", { x }, { starts: [], ends: [] }, x],
]);
refuses("slice", [
  ["lists of different lengths", { x }, { axes: [1, 2], starts: [0], ends: [1] }, "INVALID_ATTRIBUTE", "attrs"],
  ["more starts than axes", { x: [4] }, { starts: [0, 0], ends: [1, 1] }, "INVALID_ATTRIBUTE", "attrs.starts"],
  ["an axis outside the rank", { x }, { axes: [4], starts: [0], ends: [1] }, "INVALID_ATTRIBUTE", "attrs.axes[0]"],
  ["a repeated axis", { x }, { axes: [1, 1], starts: [0, 0], ends: [1, 1] }, "INVALID_ATTRIBUTE", "attrs.axes"],
  ["a box that leaves the tensor", { x }, { axes: [1], starts: [0], ends: [4] }, "INVALID_SHAPE", "attrs.ends[0]"],
  ["an empty box", { x }, { axes: [1], starts: [2], ends: [2] }, "INVALID_SHAPE", "attrs.starts[0]"],
  ["a symbolic batch", { x }, { starts: [0], ends: [1] }, "INVALID_SHAPE", "attrs.starts[0]"],
]);

infers("reshape", [
  ["a known shape", { x: [2, 6] }, { shape: [3, 4] }, [3, 4]],
  ["infers one extent", { x: [2, 6] }, { shape: [4, -1] }, [4, 3]],
  ["keeps a symbolic batch", { x }, { shape: [-1, 60] }, ["N", 60]],
  ["keeps a symbolic batch of nothing", { x: ["N", 0] }, { shape: [-1, 0, 7] }, ["N", 0, 7]],
  ["one element is a scalar", { x: [1, 1] }, { shape: [] }, []],
  ["0 is an extent", { x: [0, 4] }, { shape: [2, 0] }, [2, 0]],
]);
refuses("reshape", [
  ["another count", { x: [2, 6] }, { shape: [5] }, "INVALID_SHAPE", "attrs.shape"],
  ["a count that does not divide", { x: [2, 6] }, { shape: [5, -1] }, "INVALID_SHAPE", "attrs.shape"],
  ["two inferred extents", { x: [2, 6] }, { shape: [-1, -1] }, "INVALID_ATTRIBUTE", "attrs.shape"],
  ["an inferred extent beside 0", { x: [0, 6] }, { shape: [0, -1] }, "INVALID_SHAPE", "attrs.shape"],
  ["a symbolic batch that would leave the first axis", { x }, { shape: [60, -1] }, "INVALID_SHAPE", "attrs.shape"],
  ["a symbolic batch that would change its meaning", { x }, { shape: [-1, 30] }, "INVALID_SHAPE", "attrs.shape"],
  ["a symbolic batch made known", { x }, { shape: [1, 60] }, "INVALID_SHAPE", "attrs.shape"],
  ["more axes than a tensor may have", { x: [1] }, { shape: Array(9).fill(1) }, "INVALID_ATTRIBUTE", "attrs.shape"],
  ["an extent of −2", { x: [2] }, { shape: [-2] }, "INVALID_ATTRIBUTE", "attrs.shape[0]"],
]);

infers("flatten", [
  ["merges all but the batch", { x }, {}, ["N", 60]],
  ["merges from another axis on", { x }, { axis: 2 }, ["N", 3, 20]],
  ["keeps a matrix", { x: [2, 3] }, {}, [2, 3]],
  ["merges nothing into nothing", { x: [2, 0, 4] }, {}, [2, 0]],
]);
refuses("flatten", [
  ["a vector, as PyTorch does", { x: [3] }, {}, "INVALID_SHAPE", "inputs.x"],
  ["an axis outside the rank", { x }, { axis: 4 }, "INVALID_ATTRIBUTE", "attrs.axis"],
  ["the batch axis", { x }, { axis: 0 }, "INVALID_ATTRIBUTE", "attrs.axis"],
]);

infers("transpose", [
  ["axis i is axis permutation[i] of x", { x }, { permutation: [0, 2, 3, 1] }, ["N", 4, 5, 3]],
  ["moves a known batch", { x: [2, 3, 4] }, { permutation: [2, 0, 1] }, [4, 2, 3]],
  ["a scalar has one permutation", { x: [] }, { permutation: [] }, []],
]);
refuses("transpose", [
  ["a missing axis", { x: [2, 3] }, { permutation: [0] }, "INVALID_ATTRIBUTE", "attrs.permutation"],
  ["a repeated axis", { x: [2, 3] }, { permutation: [0, 0] }, "INVALID_ATTRIBUTE", "attrs.permutation"],
  ["an axis outside the rank", { x: [2, 3] }, { permutation: [0, 2] }, "INVALID_ATTRIBUTE", "attrs.permutation"],
  [
    "a symbolic batch that would leave the first axis",
    { x: ["N", 3] },
    { permutation: [1, 0] },
    "INVALID_SHAPE",
    "attrs.permutation[0]",
  ],
]);

infers("pad2d", [["adds top, left, bottom, right", { x }, { pads: [1, 0, 2, 3] }, ["N", 3, 7, 8]]]);
refuses("pad2d", [
  ["missing pads", { x }, {}, "INVALID_ATTRIBUTE", "attrs.pads"],
  ["NaN", { x }, { pads: [0, 0, 0, 0], value: NaN }, "INVALID_ATTRIBUTE", "attrs.value"],
  ["a matrix", { x: [4, 5] }, { pads: [0, 0, 0, 0] }, "INVALID_SHAPE", "inputs.x"],
]);

infers("upsample", [["multiplies height and width", { x }, { scales: [2, 3] }, ["N", 3, 8, 15]]]);
refuses("upsample", [
  ["a factor of 0", { x }, { scales: [0, 1] }, "INVALID_ATTRIBUTE", "attrs.scales[0]"],
  ["a matrix", { x: [4, 5] }, { scales: [1, 1] }, "INVALID_SHAPE", "inputs.x"],
]);

infers("mean", [
  ["drops the axes", { x }, { axes: [2, 3] }, ["N", 3]],
  ["keeps them with extent 1 when asked", { x }, { axes: [3, 1], keepDims: true }, ["N", 1, 4, 1]],
  ["of everything is a scalar", { x: [2, 3] }, { axes: [0, 1] }, []],
  ["of an empty batch is empty", { x: [0, 3] }, { axes: [1] }, [0]],
]);
refuses("mean", [
  ["no axis", { x }, { axes: [] }, "INVALID_ATTRIBUTE", "attrs.axes"],
  ["an axis outside the rank", { x }, { axes: [1, 4] }, "INVALID_ATTRIBUTE", "attrs.axes[1]"],
  ["a repeated axis", { x }, { axes: [1, 1] }, "INVALID_ATTRIBUTE", "attrs.axes"],
  ["the mean over a symbolic batch", { x }, { axes: [0] }, "INVALID_SHAPE", "attrs.axes[0]"],
  ["the mean of nothing", { x: [2, 0] }, { axes: [1] }, "INVALID_SHAPE", "inputs.x"],
]);

test("mean rounds as a sum of its elements does", () => {
  expect(accuracyOf("mean", { x }, { axes: [2, 3] })).toEqual(rounded({ value: 2, magnitude: averageGrowth(20) }));
});

test("every movement is exact and moves NaN and −0", () => {
  for (const op of opNames.filter((name) => definitionOf(name).family === "movement")) {
    const definition = definitionOf(op);
    const { example } = docOf(op);
    const graph = oneNode(op, example.inputs, example.attrs);
    expect(definition.accuracy({}, graph.nodes[0].attrs, []), op).toEqual(exact);
    expect(definition.special, op).toEqual({ nan: "moved", signedZero: "kept" });
  }
});
