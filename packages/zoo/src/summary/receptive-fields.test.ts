import { runOracle } from "@isoconv/backend-reference";
import {
  elementCount,
  float32,
  graphBuilder,
  receptiveFields,
  shapesOf,
  type Graph,
  type GraphBuilder,
  type Parameters,
  type Value,
} from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";

const SIZE = 31;

function network(build: (g: GraphBuilder, x: Value) => Value): Graph {
  const g = graphBuilder("net");
  return g.build({ y: build(g, g.input("x", ["N", 2, SIZE, SIZE])) });
}

function conv(g: GraphBuilder, x: Value, kernel: readonly [number, number], attrs: object = {}): Value {
  const w = g.parameter(g.freshName("w"), [2, Number(x.shape[1]), ...kernel]);
  return g.conv2d({ x, w }, attrs, g.freshName("conv"));
}

function ones({ parameters }: Graph): Parameters {
  return Object.fromEntries(
    parameters.map(({ name, shape }) => {
      const extents = shape.map(Number);
      return [name, float32(extents, new Float32Array(elementCount(extents)).fill(1))];
    }),
  );
}

/**
 * The rows or columns of an image that an element near the middle of the result depends on, found element by element
 * along one axis.
 */
async function seenAlong(graph: Graph, axis: 2 | 3): Promise<ReadonlyMap<number, readonly number[]>> {
  // Image i has NaN in line i. The elements of its result that become NaN depend on that line.
  const data = new Float32Array(SIZE * 2 * SIZE * SIZE);
  for (const [offset] of data.entries()) {
    const [image, row, column] = [
      Math.floor(offset / (2 * SIZE * SIZE)),
      Math.floor(offset / SIZE) % SIZE,
      offset % SIZE,
    ];
    if ((axis === 2 ? row : column) === image) data[offset] = Number.NaN;
  }
  const { y } = await runOracle(graph, ones(graph), { x: float32([SIZE, 2, SIZE, SIZE], data) });
  const [, channels, height, width] = y.shape;
  const extent = axis === 2 ? height : width;
  const across = Math.floor((axis === 2 ? width : height) / 2);
  const middle = Math.floor(extent / 2);
  const elements = [-2, -1, 0, 1, 2].map((step) => middle + step).filter((at) => at >= 0 && at < extent);
  return new Map(
    elements.map((at) => {
      const lines = Array.from({ length: SIZE }, (_, line) => line).filter((line) =>
        Array.from({ length: channels }, (_, channel) => channel).some((channel) => {
          const [row, column] = axis === 2 ? [at, across] : [across, at];
          return Number.isNaN(y.value[((line * channels + channel) * height + row) * width + column]);
        }),
      );
      return [at, lines];
    }),
  );
}

describe("receptiveFields, compared with the dependencies of the oracle's results", () => {
  it.each<[string, (g: GraphBuilder, x: Value) => Value]>([
    ["a convolution", (g, x) => conv(g, x, [3, 5])],
    ["convolutions in a row", (g, x) => conv(g, conv(g, x, [3, 3], { pads: [1, 1, 1, 1] }), [2, 3])],
    [
      "a dilated convolution",
      (g, x) => conv(g, conv(g, x, [3, 2], { dilations: [3, 4] }), [2, 2], { dilations: [2, 1] }),
    ],
    [
      "strides and pools",
      (g, x) => {
        const stem = conv(g, x, [5, 3], { strides: [2, 1], pads: [2, 1, 2, 1] });
        const pool = g.maxPool2d({ x: stem }, { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, "max");
        return g.avgPool2d({ x: conv(g, pool, [2, 2]) }, { kernel: [2, 1] }, "avg");
      },
    ],
    [
      "a residual block that halves the image",
      (g, x) => {
        const main = conv(g, conv(g, x, [3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }), [3, 3], {
          pads: [1, 1, 1, 1],
        });
        return g.add({ a: main, b: conv(g, x, [1, 1], { strides: [2, 2] }) }, {}, "sum");
      },
    ],
    [
      "an Inception block",
      (g, x) => {
        const pool = g.maxPool2d({ x }, { kernel: [3, 3], pads: [1, 1, 1, 1] }, "pool");
        const xs = [
          conv(g, x, [1, 1]),
          conv(g, x, [1, 7], { pads: [0, 3, 0, 3] }),
          conv(g, pool, [3, 3], { pads: [1, 1, 1, 1] }),
        ];
        return conv(g, g.concat({ xs }, { axis: 1 }, "joined"), [3, 1]);
      },
    ],
    [
      "branches that are cropped and padded differently",
      (g, x) => {
        const cut = g.slice({ x }, { axes: [2, 3], starts: [2, 0], ends: [SIZE, SIZE - 3] }, "cut");
        const padded = g.pad2d({ x: cut }, { pads: [0, 3, 2, 0] }, "padded");
        return conv(g, g.add({ a: padded, b: x }, {}, "sum"), [3, 3]);
      },
    ],
    [
      "an adaptive pool that divides the image",
      (g, x) => g.adaptiveAvgPool2d({ x: conv(g, x, [2, 4]) }, { outputSize: [10, 7] }, "pool"),
    ],
  ])("holds for %s", async (_what, build) => {
    const graph = network(build);
    const { size, stride } = receptiveFields(graph).get(graph.outputs[0].value)!;
    for (const axis of [2, 3] as const) {
      const seen = await seenAlong(graph, axis);
      const [first, ...others] = [...seen]
        .map(([at, lines]) => ({ at, from: lines[0], size: lines.at(-1)! - lines[0] + 1 }))
        // A part of the field at the border of the image may be in the padding.
        .filter(({ from, size }) => from > 0 && from + size < SIZE);
      expect(others.length).toBeGreaterThan(0);
      for (const other of [first, ...others]) expect(other.size).toBe(size[axis - 2]);
      for (const other of others) expect(other.from - first.from).toBe((other.at - first.at) * stride[axis - 2]!);
    }
  });

  it.each<[string, number, (g: GraphBuilder, x: Value) => Value]>([
    [
      "an encoder and a decoder with a shortcut",
      2,
      (g, x) => {
        const even = conv(g, x, [2, 2]);
        const down = g.maxPool2d({ x: even }, { kernel: [2, 2], strides: [2, 2] }, "down");
        const up = g.upsample({ x: conv(g, down, [3, 3], { pads: [1, 1, 1, 1] }) }, { scales: [2, 2] }, "up");
        return conv(g, g.concat({ xs: [even, up] }, { axis: 1 }, "joined"), [3, 3]);
      },
    ],
    [
      "a transposed convolution",
      2,
      (g, x) => {
        const w = g.parameter("up.w", [2, 2, 4, 3]);
        const down = conv(g, x, [3, 3], { strides: [2, 2] });
        return conv(g, g.convTranspose2d({ x: down, w }, { strides: [2, 2], pads: [1, 1, 1, 1] }, "up"), [3, 2]);
      },
    ],
    [
      "an uneven adaptive pool",
      1,
      (g, x) => conv(g, g.adaptiveAvgPool2d({ x: conv(g, x, [2, 2]) }, { outputSize: [8, 7] }, "pool"), [2, 1]),
    ],
  ])("bounds %s from above, by less than a step of %i", async (_what, step, build) => {
    const graph = network(build);
    const { size } = receptiveFields(graph).get(graph.outputs[0].value)!;
    for (const axis of [2, 3] as const) {
      const seen = [...(await seenAlong(graph, axis)).values()].map((lines) => lines.at(-1)! - lines[0] + 1);
      expect(size[axis - 2]! - Math.max(...seen)).toBeGreaterThanOrEqual(0);
      expect(size[axis - 2]! - Math.max(...seen)).toBeLessThan(step);
    }
  });
});

describe("the receptive fields of the zoo", () => {
  // VGG-16 as listed by Araujo, Norris and Sim (2019); ResNets with torchvision's strides, by the same recurrences by
  // hand.
  it.each([
    ["vgg16", "features", 212, 32],
    ["alexnet", "features", 195, 32],
    ["resnet18", "layer4", 435, 32],
    ["mobilenet_v2", "features", 491, 32],
  ])("%s %s has a field of %i pixels and a stride of %i", (name, module, size, stride) => {
    const { graph, modules } = createModel(name);
    expect(shapesOf(graph).has(modules.get(module)!)).toBe(true);
    expect(receptiveFields(graph).get(modules.get(module)!)).toEqual({ size: [size, size], stride: [stride, stride] });
  });
});
