import { expect, test } from "vitest";
import { accumulationGrowth, rounded } from "../accuracy.js";
import { accuracyOf, infers, refuses } from "../op-cases.test.support.js";
import type { Shape } from "../shape.js";

const x: Shape = ["N", 3, 8, 8];
const statistics = { mean: [3], variance: [3] };
const epsilon = 1e-5;

infers("batchNorm", [
  ["keeps the shape", { x, ...statistics, scale: [3], offset: [3] }, { epsilon }, x],
  ["scale and offset may be left out", { x, ...statistics }, { epsilon }, x],
  ["takes features without image", { x: ["N", 3], ...statistics }, { epsilon }, ["N", 3]],
  ["an empty batch", { x: [0, 3, 2, 2], ...statistics }, { epsilon }, [0, 3, 2, 2]],
]);

refuses("batchNorm", [
  ["a missing epsilon", { x, ...statistics }, {}, "INVALID_ATTRIBUTE", "attrs.epsilon"],
  ["an epsilon of 0", { x, ...statistics }, { epsilon: 0 }, "INVALID_ATTRIBUTE", "attrs.epsilon"],
  ["an epsilon float32 rounds to 0", { x, ...statistics }, { epsilon: 1e-60 }, "INVALID_ATTRIBUTE", "attrs.epsilon"],
  ["missing statistics", { x, mean: [3] }, { epsilon }, "INVALID_GRAPH", "inputs.variance"],
  ["means of another length", { x, mean: [8], variance: [3] }, { epsilon }, "INVALID_SHAPE", "inputs.mean"],
  ["variances of another length", { x, mean: [3], variance: [1] }, { epsilon }, "INVALID_SHAPE", "inputs.variance"],
  ["a scale of another length", { x, ...statistics, scale: [4] }, { epsilon }, "INVALID_SHAPE", "inputs.scale"],
  ["an offset of another length", { x, ...statistics, offset: [4] }, { epsilon }, "INVALID_SHAPE", "inputs.offset"],
  ["statistics that are no vector", { x, mean: [3, 1], variance: [3] }, { epsilon }, "INVALID_SHAPE", "inputs.mean"],
  ["a vector", { x: [3], ...statistics }, { epsilon }, "INVALID_SHAPE", "inputs.x"],
]);

infers("layerNorm", [
  ["keeps the shape", { x, scale: [3], offset: [3] }, { axis: 1, epsilon }, x],
  ["takes any axis", { x, scale: [8] }, { axis: 3, epsilon }, x],
  ["scale and offset may be left out", { x: ["N", 10] }, { axis: 1, epsilon }, ["N", 10]],
  ["a first axis of known extent", { x: [4, 10], offset: [4] }, { axis: 0, epsilon }, [4, 10]],
  ["an empty axis", { x: [2, 0] }, { axis: 1, epsilon }, [2, 0]],
  ["an empty batch", { x: [0, 3], scale: [3] }, { axis: 1, epsilon }, [0, 3]],
]);

refuses("layerNorm", [
  ["a missing epsilon", { x }, { axis: 1 }, "INVALID_ATTRIBUTE", "attrs.epsilon"],
  ["an epsilon of 0", { x }, { axis: 1, epsilon: 0 }, "INVALID_ATTRIBUTE", "attrs.epsilon"],
  ["a missing axis", { x }, { epsilon }, "INVALID_ATTRIBUTE", "attrs.axis"],
  ["an axis outside the rank", { x }, { axis: 4, epsilon }, "INVALID_ATTRIBUTE", "attrs.axis"],
  ["a negative axis", { x }, { axis: -1, epsilon }, "INVALID_ATTRIBUTE", "attrs.axis"],
  ["an axis of unknown extent", { x }, { axis: 0, epsilon }, "INVALID_SHAPE", "inputs.x"],
  ["a scale of another length", { x, scale: [8] }, { axis: 1, epsilon }, "INVALID_SHAPE", "inputs.scale"],
  ["an offset of another length", { x, offset: [3] }, { axis: 2, epsilon }, "INVALID_SHAPE", "inputs.offset"],
  ["a vector", { x: [3] }, { axis: 0, epsilon }, "INVALID_SHAPE", "inputs.x"],
]);

infers("lrn", [
  ["keeps the shape", { x }, { size: 5 }, x],
  ["takes a window wider than the channels", { x }, { size: 99 }, x],
  ["takes an even size", { x }, { size: 4, alpha: 1, beta: 0.5, bias: 2 }, x],
]);
refuses("lrn", [
  ["a missing size", { x }, {}, "INVALID_ATTRIBUTE", "attrs.size"],
  ["a bias of 0", { x }, { size: 5, bias: 0 }, "INVALID_ATTRIBUTE", "attrs.bias"],
  ["a matrix", { x: ["N", 3] }, { size: 5 }, "INVALID_SHAPE", "inputs.x"],
]);

for (const op of ["softmax", "logSoftmax"] as const) {
  infers(op, [
    ["keeps the shape", { x: ["N", 10] }, { axis: 1 }, ["N", 10]],
    ["takes any axis", { x }, { axis: 3 }, x],
    ["takes the batch axis", { x: ["N", 10] }, { axis: 0 }, ["N", 10]],
    ["an empty axis", { x: [2, 0] }, { axis: 1 }, [2, 0]],
  ]);
  refuses(op, [
    ["a missing axis", { x }, {}, "INVALID_ATTRIBUTE", "attrs.axis"],
    ["an axis outside the rank", { x }, { axis: 4 }, "INVALID_ATTRIBUTE", "attrs.axis"],
    ["a negative axis", { x }, { axis: -1 }, "INVALID_ATTRIBUTE", "attrs.axis"],
    ["a scalar", { x: [] }, { axis: 0 }, "INVALID_SHAPE", "inputs.x"],
  ]);
}

test("normalisations state their error bounds", () => {
  expect(accuracyOf("batchNorm", { x, ...statistics }, { epsilon })).toEqual(rounded({ magnitude: 6 }));
  expect(accuracyOf("layerNorm", { x }, { axis: 1, epsilon })).toEqual(rounded({ magnitude: 2 * 5 + 8, terms: 3 }));
  expect(accuracyOf("layerNorm", { x: [1, 100] }, { axis: 1, epsilon })).toEqual(
    rounded({ magnitude: 2 * 34 + 8, terms: 100 }),
  );
  expect(accuracyOf("lrn", { x }, { size: 5 })).toEqual(
    rounded({ value: 36, magnitude: accumulationGrowth(6), terms: 6 }),
  );
  expect(accuracyOf("softmax", { x: [1, 10] }, { axis: 1 })).toEqual(
    rounded({ value: accumulationGrowth(10) + 8, magnitude: 3, absolute: 2 ** -102, terms: 10 }),
  );
  expect(accuracyOf("logSoftmax", { x: [1, 10] }, { axis: 1 })).toEqual(
    rounded({ value: 2, magnitude: 8, absolute: accumulationGrowth(10), terms: 10 }),
  );
});
