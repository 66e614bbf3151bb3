/**
 * LeNet-5 as published, for digits of 28×28 in images of 32×32. Pools are trained (a coefficient and a bias per map).
 * Most maps of C3 read only some maps of S2, so that they learn different features. A class's score is the distance of
 * F6 to its code vector.
 *
 * LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition (1998). Every layer up to
 * F6 is squashed. Code vectors are not trained but part of the weights. In the paper they are bitmaps of the
 * characters; here they are random corners of the cube until weights are loaded. Logits are the negated squared
 * distances, so that the greatest belongs to the predicted class.
 */
import { avgPool2d, conv2d, flatten, lazyLinear, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";

/** Table I: the maps of S2 that each map of C3 reads: three or four neighbours, four others, all. */
const CONNECTIONS: readonly (readonly number[])[] = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

const S2_MAPS = 6;
const C3_MAPS = CONNECTIONS.length;
const FEATURES = 84;

/** 1.7159·tanh(2a/3), which maps ±1 to ±1 and has its largest second derivative there (appendix A). */
const squash: Module = (scope, x) => {
  const slope = scope.constant("slope", { shape: [], value: [2 / 3] });
  const amplitude = scope.constant("amplitude", { shape: [], value: [1.7159] });
  const steep = scope.graph.mul({ a: x, b: slope }, {}, scope.nodeName("steep"));
  const bent = scope.graph.tanh({ x: steep }, {}, scope.nodeName("tanh"));
  return scope.graph.mul({ a: bent, b: amplitude }, {}, scope.nodeName());
};

/** Coefficient times the sum of a 2×2 window, plus bias: a depthwise 1×1 convolution of the sums. */
function subsampling(maps: number): Module {
  const affine = conv2d(maps, maps, { kernelSize: 1, groups: maps });
  return (scope, x) => {
    const means = scope.call("pool", avgPool2d({ kernelSize: 2 }), x);
    const count = scope.constant("count", { shape: [], value: [4] });
    const sums = scope.graph.mul({ a: means, b: count }, {}, scope.nodeName("sums"));
    return affine(scope, sums);
  };
}

/**
 * A convolution whose maps each read only the listed maps. Rows of the table with equally many maps are adjacent and
 * become one grouped convolution of all the maps they read: the children `0`, `1` and `2`.
 */
function partialConv(kernelSize: number): Module {
  const sizes = [...new Set(CONNECTIONS.map((maps) => maps.length))];
  return (scope, x) => {
    const maps = Array.from({ length: S2_MAPS }, (_, map) =>
      scope.graph.slice({ x }, { axes: [1], starts: [map], ends: [map + 1] }, scope.nodeName(`map${map}`)),
    );
    const results = sizes.map((size, index) => {
      const rows = CONNECTIONS.filter((row) => row.length === size);
      const seen = rows.flatMap((row) => maps.filter((_, map) => row.includes(map)));
      const input = scope.graph.concat({ xs: seen }, { axis: 1 }, scope.nodeName(`seen${index}`));
      const convolution = conv2d(seen.length, rows.length, { kernelSize, groups: rows.length });
      return scope.call(String(index), convolution, input);
    });
    return scope.graph.concat({ xs: results }, { axis: 1 }, scope.nodeName("cat"));
  };
}

/** Negated squared distances to the code vectors `centers` `[classes, features]`: `−Σ (x − c)²`. */
function euclideanRbf(features: number, classes: number): Module {
  return (scope, x) => {
    const centers = scope.parameter("centers", { shape: [classes, features], kind: "center" });
    const minusOne = scope.constant("minus_one", { shape: [], value: [-1] });
    const minusCount = scope.constant("minus_count", { shape: [], value: [-features] });
    const opposite = scope.graph.mul({ a: x, b: minusOne }, {}, scope.nodeName("opposite"));
    const row = scope.graph.reshape({ x: opposite }, { shape: [-1, 1, features] }, scope.nodeName("row"));
    const difference = scope.graph.add({ a: row, b: centers }, {}, scope.nodeName("difference"));
    const squares = scope.graph.mul({ a: difference, b: difference }, {}, scope.nodeName("squares"));
    const mean = scope.graph.mean({ x: squares }, { axes: [2] }, scope.nodeName("mean"));
    return scope.graph.mul({ a: mean, b: minusCount }, {}, scope.nodeName());
  };
}

function lenet5({ classes, channels }: NetworkOptions): Module {
  const layers: Readonly<Record<string, Module>> = {
    c1: conv2d(channels, S2_MAPS, { kernelSize: 5 }),
    s2: subsampling(S2_MAPS),
    c3: partialConv(5),
    s4: subsampling(C3_MAPS),
    c5: conv2d(C3_MAPS, 120, { kernelSize: 5 }), // Its window covers all of S4 when the image is 32×32.
  };
  return (scope, x) => {
    const squashed = (name: string, layer: Module, value: typeof x): typeof x =>
      scope.call("squash", squash, scope.call(name, layer, value));
    let y = Object.entries(layers).reduce((value, [name, layer]) => squashed(name, layer, value), x);
    y = scope.call("flatten", flatten(), y);
    y = squashed("f6", lazyLinear(FEATURES), y);
    return scope.call("output", euclideanRbf(FEATURES, classes), y);
  };
}

export const lenet5Models: readonly ModelDefinition[] = [
  {
    name: "lenet5",
    family: "lenet5",
    summary: "LeNet-5 as published in 1998, for 32×32 images.",
    source: {
      authors: "LeCun, Bottou, Bengio and Haffner",
      title: "Gradient-based learning applied to document recognition",
      year: 1998,
      url: "https://doi.org/10.1109/5.726791",
    },
    defaults: { classes: 10, channels: 1, height: 32, width: 32 },
    minimumSize: 32,
    build: lenet5,
  },
];
