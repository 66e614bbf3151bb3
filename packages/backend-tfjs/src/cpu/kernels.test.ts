import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { elementCount, float32, graphBuilder, uniform } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import type { Kernel } from "../runtime.js";
import { cpuPeers, createCpuBackend } from "./create-cpu.js";
import { cpuKernel } from "./kernels.js";

type Arrays = Readonly<Record<string, readonly number[]>>;
type Case = readonly [kernel: string, inputs: Arrays, attrs: Readonly<Record<string, unknown>>];

const backend = tf.findBackend("cpu");

/** Values that movement must keep and arithmetic must treat as IEEE 754 does. */
const SPECIAL = [-0, 0, Infinity, -Infinity, NaN, 1e-45, -3.4028235e38];

function fill(name: string, shape: readonly number[]): Float32Array {
  const values = uniform(3, name, elementCount(shape), -2, 2);
  return values.map((value, index) => (index % 5 === 0 ? SPECIAL[(index / 5) % SPECIAL.length] : value));
}

/** Runs a kernel on new buffers, frees them, and returns the result's shape and elements. */
function result(kernel: Kernel, [, inputs, attrs]: Case): { shape: number[]; values: readonly number[] } {
  const arrays = Object.entries(inputs).map(([name, shape]) => {
    const dims = [...shape];
    return [
      name,
      { dataId: backend.write(fill(name, shape), dims, "float32"), shape: dims, dtype: "float32" },
    ] as const;
  });
  const output = kernel.kernelFunc({ inputs: Object.fromEntries(arrays), attrs, backend }) as tf.TensorInfo;
  const values = [...(backend.readSync(output.dataId) as Float32Array)];
  for (const { dataId } of [output, ...arrays.map(([, array]) => array)]) backend.disposeData(dataId);
  return { shape: output.shape, values };
}

function own(name: string): Kernel {
  const kernel = cpuKernel(backend, name);
  if (kernel === undefined) throw new Error(`no kernel ${name}`);
  return kernel;
}

const draw = (name: string, count: number, end: number): readonly number[] =>
  [...uniform(11, name, count, 0, end)].map(Math.floor);

const NO_MASKS = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };

/** Six shapes of every rank from 1 to 8, the first three without an axis of extent 1. */
const shapes = Array.from({ length: 48 }, (_, index) => {
  const rank = 1 + (index % 8);
  const least = index < 24 ? 2 : 1;
  return draw(`shape ${index}`, rank, rank > 6 ? 2 : 4).map((extent) => least + extent);
});

const drawn = shapes.flatMap((shape, index): Case[] => {
  const rank = shape.length;
  const keys = draw(`order ${index}`, rank, 1000);
  const perm = shape.map((_, axis) => axis).toSorted((a, b) => keys[a] - keys[b]);
  const begin = draw(`begin ${index}`, rank, 1000).map((number, axis) => number % shape[axis]);
  const size = draw(`size ${index}`, rank, 1000).map((number, axis) => 1 + (number % (shape[axis] - begin[axis])));
  const end = size.map((count, axis) => begin[axis] + count);
  const strides = draw(`strides ${index}`, rank, 3).map((stride) => 1 + stride);
  const [before, after] = [draw(`before ${index}`, rank, 2), draw(`after ${index}`, rank, 2)];
  const paddings = shape.map((_, axis) => [before[axis], after[axis]]);
  const stretched = draw(`stretched ${index}`, rank, 3);
  const a = shape.map((extent, axis) => (stretched[axis] === 0 ? 1 : extent));
  const b = shape.map((extent, axis) => (stretched[axis] === 1 ? 1 : extent));
  const lower = b.slice(draw(`rank ${index}`, 1, rank)[0]);
  const binary = ["Add", "Multiply", "Sub", "RealDiv", "Minimum", "Maximum"];
  return [
    ["Transpose", { x: shape }, { perm }],
    ["Slice", { x: shape }, { begin, size }],
    ["StridedSlice", { x: shape }, { begin, end, strides, ...NO_MASKS }],
    ["PadV2", { x: shape }, { paddings, constantValue: index % 2 === 0 ? 0 : -Infinity }],
    ...binary.map((name): Case => [name, { a, b }, {}]),
    ...binary.map((name): Case => [name, { a: lower, b: a }, {}]),
    [binary[index % binary.length], { a: shape, b: shape }, {}],
  ];
});

const empty: readonly Case[] = [
  ["Transpose", { x: [3, 0, 2] }, { perm: [2, 0, 1] }],
  ["Slice", { x: [3, 5] }, { begin: [1, 5], size: [2, 0] }],
  ["StridedSlice", { x: [3, 5] }, { begin: [1, 2], end: [3, 2], strides: [1, 2], ...NO_MASKS }],
  [
    "PadV2",
    { x: [0, 3] },
    {
      paddings: [
        [1, 1],
        [0, 2],
      ],
      constantValue: 7,
    },
  ],
  ["Add", { a: [2, 0, 3], b: [3] }, {}],
  ["Multiply", { a: [2, 1], b: [0] }, {}],
];

const scalars: readonly Case[] = [
  ["Add", { a: [], b: [] }, {}],
  ["Multiply", { a: [1, 1], b: [1] }, {}],
  ["Sub", { a: [3, 5], b: [1] }, {}],
  ["RealDiv", { a: [], b: [3, 1, 5] }, {}],
];

describe("kernels of tfjs-cpu", () => {
  it.each([...drawn, ...empty, ...scalars])("%s of %j with %j equals TensorFlow.js's", (...call) => {
    const [name] = call;
    const buffers = backend.numDataIds();
    expect(result(own(name), call)).toEqual(result(tf.getKernel(name, "cpu"), call));
    expect(backend.numDataIds()).toBe(buffers);
  });

  it("pad with −0", () => {
    const { values } = result(own("PadV2"), ["PadV2", { x: [1] }, { paddings: [[1, 1]], constantValue: -0 }]);
    expect([values[0], values[2]]).toEqual([-0, -0]);
  });

  it("are used by the adapter and not by the program", async () => {
    const registered = tf.getKernel("Transpose", "cpu").kernelFunc;
    const used: string[] = [];
    const ownKernel: typeof cpuKernel = (owner, name) => {
      if (cpuKernel(owner, name) !== undefined) used.push(name);
      return cpuKernel(owner, name);
    };
    await using adapter = await createCpuBackend({ ...cpuPeers, ownKernel });
    const g = graphBuilder("image");
    const graph = g.build({ y: g.pad2d({ x: g.input("x", [1, 2, 3, 3]) }, { pads: [1, 0, 0, 1] }) });
    await using executable = await adapter.compile(graph, {});
    await executable.run({ x: float32([1, 2, 3, 3], fill("x", [1, 2, 3, 3])) });
    expect(used).toEqual(["Transpose", "PadV2"]);
    expect(tf.getKernel("Transpose", "cpu").kernelFunc).toBe(registered);
  });

  it("never return the buffer they were given", () => {
    const values = Float32Array.of(1, 2);
    const x = { dataId: backend.write(values, [2], "float32"), shape: [2], dtype: "float32" as const };
    const calls = [
      own("Transpose").kernelFunc({ inputs: { x }, attrs: { perm: [0] }, backend }),
      own("Slice").kernelFunc({ inputs: { x }, attrs: { begin: [0], size: [2] }, backend }),
      own("PadV2").kernelFunc({ inputs: { x }, attrs: { paddings: [[0, 0]], constantValue: 0 }, backend }),
    ] as tf.TensorInfo[];
    values.fill(9);
    for (const { dataId } of calls) {
      expect([...(backend.readSync(dataId) as Float32Array)]).toEqual([1, 2]);
      backend.disposeData(dataId);
    }
    backend.disposeData(x.dataId);
  });
});
