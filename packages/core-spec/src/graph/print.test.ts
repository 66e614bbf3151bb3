import { expect, test } from "vitest";
import { graphBuilder } from "./builder.js";
import { printGraph } from "./print.js";

test("a graph prints one line a value, defaults left out", () => {
  const g = graphBuilder("tiny");
  const x = g.input("input", ["N", 3, 8, 8]);
  const w = g.parameter("conv1.weight", [4, 3, 3, 3]);
  const conv = g.conv2d({ x, w }, { strides: [2, 2], pads: [1, 1, 1, 1], activation: "relu" }, "conv1");
  const pooled = g.maxPool2d({ x: conv }, { kernel: [2, 2] }, "pool");
  const joined = g.concat({ xs: [pooled, pooled] }, { axis: 1 });
  const clipped = g.clip({ x: g.elu({ x: joined }, { alpha: 0.1 }) }, { min: -0, max: Infinity });
  const scalar = g.parameter("scale", []);
  const scaled = g.mul({ a: clipped, b: scalar });
  const graph = g.build({ logits: g.mean({ x: scaled }, { axes: [2, 3], keepDims: true }), probe: conv });
  expect(printGraph(graph)).toBe(
    `graph tiny
  input input: N×3×8×8
  parameter conv1.weight: 4×3×3×3
  parameter scale: scalar
  conv1: N×4×4×4 = conv2d(x: input, w: conv1.weight) strides=[2, 2] pads=[1, 1, 1, 1] activation=relu
  pool: N×4×3×3 = maxPool2d(x: conv1) kernel=[2, 2]
  concat: N×8×3×3 = concat(xs: [pool, pool]) axis=1
  elu: N×8×3×3 = elu(x: concat) alpha=0.1
  clip: N×8×3×3 = clip(x: elu) min=-0
  mul: N×8×3×3 = mul(a: clip, b: scale)
  mean: N×8×1×1 = mean(x: mul) axes=[2, 3] keepDims=true
  output logits = mean
  output probe = conv1
`,
  );
});
