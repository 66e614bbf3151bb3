import { describe, expect, it } from "vitest";
import { graphBuilder, type GraphBuilder, type Value } from "../graph/builder.js";
import { receptiveFields, type ReceptiveField } from "./receptive-fields.js";

/** The receptive field of what `build` makes of an image. */
function fieldOf(
  build: (g: GraphBuilder, x: Value) => Value,
  image: readonly number[] = [1, 4, 32, 32],
): ReceptiveField {
  const g = graphBuilder("net");
  const y = build(g, g.input("x", image));
  return receptiveFields(g.build({ y })).get(y.name)!;
}

const conv = (g: GraphBuilder, x: Value, kernel: number, attrs: object = {}): Value =>
  g.conv2d({ x, w: g.parameter(g.freshName("w"), [4, 4, kernel, kernel]) }, attrs, g.freshName("conv"));

const local = (size: number, stride: number): ReceptiveField => ({ size: [size, size], stride: [stride, stride] });
const whole: ReceptiveField = { size: [null, null], stride: [null, null] };

describe("receptiveFields", () => {
  it.each<[string, (g: GraphBuilder, x: Value) => Value, ReceptiveField]>([
    ["two 3×3 windows see as much as one of 5×5", (g, x) => conv(g, conv(g, x, 3), 3), local(5, 1)],
    [
      "a stride spreads all windows after it",
      (g, x) => conv(g, conv(g, x, 3, { strides: [2, 2], pads: [1, 1, 1, 1] }), 3, { pads: [1, 1, 1, 1] }),
      local(7, 2),
    ],
    ["a dilation spreads the window", (g, x) => conv(g, x, 3, { dilations: [4, 4] }), local(9, 1)],
    [
      "height and width are apart",
      (g, x) => g.maxPool2d({ x }, { kernel: [2, 5], strides: [2, 1] }, "y"),
      { size: [2, 5], stride: [2, 1] },
    ],
    [
      "the wider branch of a concatenation counts",
      (g, x) => g.concat({ xs: [conv(g, x, 1), conv(g, x, 5, { pads: [2, 2, 2, 2] })] }, { axis: 1 }, "y"),
      local(5, 1),
    ],
    [
      "branches that look different ways count from the first pixel to the last",
      (g, x) => g.add({ a: conv(g, x, 3, { pads: [2, 2, 0, 0] }), b: conv(g, x, 3, { pads: [0, 0, 2, 2] }) }, {}, "y"),
      local(5, 1),
    ],
    [
      "branches at different paces see everything",
      (g, x) =>
        g.add(
          {
            a: g.slice({ x }, { axes: [2, 3], starts: [0, 0], ends: [16, 16] }, "cut"),
            b: conv(g, x, 1, { strides: [2, 2] }),
          },
          {},
          "y",
        ),
      whole,
    ],
    ["what is enlarged sees no more", (g, x) => g.upsample({ x }, { scales: [2, 2] }, "y"), local(1, 0.5)],
    ["a global pool sees everything", (g, x) => g.globalAvgPool2d({ x }, {}, "y"), whole],
    ["so does a mean over the image", (g, x) => g.mean({ x }, { axes: [2, 3], keepDims: true }, "y"), whole],
    ["so does a flatten", (g, x) => g.flatten({ x }, {}, "y"), whole],
    ["a mean over the channels does not", (g, x) => g.mean({ x }, { axes: [1] }, "y"), local(1, 1)],
    ["nor does a softmax over the channels", (g, x) => g.softmax({ x }, { axis: 1 }, "y"), local(1, 1)],
    [
      "a softmax along the width sees a row",
      (g, x) => g.softmax({ x }, { axis: 3 }, "y"),
      { size: [1, null], stride: [1, null] },
    ],
    [
      "a gate computed from the whole image makes all see it, in their places",
      (g, x) => g.mul({ a: conv(g, x, 3, { strides: [2, 2] }), b: g.globalAvgPool2d({ x }, {}, "pool") }, {}, "y"),
      { size: [null, null], stride: [2, 2] },
    ],
    [
      "a channel shuffle keeps places",
      (g, x) => {
        const grouped = g.reshape({ x: conv(g, x, 3) }, { shape: [-1, 2, 2, 30, 30] }, "split");
        const mixed = g.transpose({ x: grouped }, { permutation: [0, 2, 1, 3, 4] }, "mix");
        return conv(g, g.reshape({ x: mixed }, { shape: [-1, 4, 30, 30] }, "join"), 3);
      },
      local(5, 1),
    ],
    [
      "linear layers over channels that come last keep places",
      (g, x) => {
        const last = g.transpose({ x: conv(g, x, 3) }, { permutation: [0, 2, 3, 1] }, "last");
        const y = g.linear({ x: last, w: g.parameter("w2", [4, 4]) }, {}, "linear");
        return g.transpose({ x: y }, { permutation: [0, 3, 1, 2] }, "y");
      },
      local(3, 1),
    ],
    [
      "whatever is added that is no image leaves it alone",
      (g, x) => g.add({ a: conv(g, x, 3), b: g.parameter("constant", [4, 1, 1]) }, {}, "y"),
      local(3, 1),
    ],
    [
      "a parameter sees nothing",
      (g) => g.relu({ x: g.parameter("w", [3]) }, {}, "y"),
      { size: [0, 0], stride: [null, null] },
    ],
  ])("%s", (_what, build, expected) => {
    expect(fieldOf(build)).toEqual(expected);
  });

  it("swaps height and width with a transpose", () => {
    const field = fieldOf((g, x) => {
      const turned = g.transpose({ x }, { permutation: [0, 1, 3, 2] }, "turned");
      return g.maxPool2d({ x: turned }, { kernel: [2, 5], strides: [2, 1] }, "y");
    });
    expect(field).toEqual({ size: [5, 2], stride: [1, 2] });
  });

  it("takes the image to be the first input unless named", () => {
    const g = graphBuilder("two");
    const a = g.input("a", [1, 1, 8, 8]);
    const b = g.input("b", [1, 1, 8, 8]);
    const y = g.add({ a: g.maxPool2d({ x: a }, { kernel: [3, 3], pads: [1, 1, 1, 1] }, "pool"), b }, {}, "y");
    const graph = g.build({ y });
    expect(receptiveFields(graph).get("y")).toEqual(local(3, 1));
    expect(receptiveFields(graph, "b").get("y")).toEqual(local(1, 1));
  });
});
