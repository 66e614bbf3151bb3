import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, uniform, type Backend, type TensorOf } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { createBackend as createNode, isAvailable as isNodeAvailable } from "./node/index.js";
import { createBackend as createWasm, isAvailable as isWasmAvailable } from "./wasm/index.js";

const runtimes = {
  node: { create: createNode, isAvailable: isNodeAvailable },
  wasm: { create: createWasm, isAvailable: isWasmAvailable },
};

/** One channel in, two out: y = x·w + bias, where x identifies its batch index. */
function small() {
  const g = graphBuilder("small");
  const x = g.input("x", ["N", 1, 2, 2]);
  const w = g.parameter("w", [2, 1, 1, 1]);
  const conv = g.conv2d({ x, w, bias: g.parameter("b", [2]) }, {}, "conv");
  const y = g.flatten({ x: g.relu({ x: conv }) });
  return { graph: g.build({ y }), parameters: { w: float32([2, 1, 1, 1], [1, -1]), b: float32([2], [0.5, 0.5]) } };
}

function batchOf(size: number, start = 0): TensorOf<"float32"> {
  return float32(
    [size, 1, 2, 2],
    Float32Array.from({ length: size * 4 }, (_, k) => start + k),
  );
}

describe.for(Object.entries(runtimes))("onnx-%s", ([name, { create, isAvailable }]) => {
  const open = (): Promise<Backend> => create({ threads: 1 });

  test("declares its capabilities", async () => {
    expect(await isAvailable()).toEqual({ available: true });
    await using backend = await open();
    expect(backend.id).toBe(`onnx-${name}`);
    const { runtime, threads, arithmetic, ops } = backend.capabilities;
    expect(runtime).toEqual({ name: name === "node" ? "onnxruntime-node" : "onnxruntime-web", version: "1.30.0" });
    expect({ threads, arithmetic }).toEqual({ threads: 1, arithmetic: "f32" });
    expect(Object.entries(ops).filter(([, support]) => support !== "native")).toEqual([
      ["adaptiveAvgPool2d", "decomposed"],
      ["silu", "decomposed"],
    ]);
  });

  test("runs one executable at any batch size", async () => {
    await using backend = await open();
    const { graph, parameters } = small();
    await using executable = await backend.compile(graph, parameters);
    for (const size of [1, 2, 5, 1, 0]) {
      const x = batchOf(size);
      const { y } = await executable.run({ x });
      const { y: expected } = await runOracle(graph, parameters, { x });
      expect(y).toEqual({ dtype: "float32", shape: [size, 8], data: Float32Array.from(expected.value) });
    }
  });

  test("returns taps", async () => {
    await using backend = await open();
    const { graph, parameters } = small();
    await using executable = await backend.compile(graph, parameters, { taps: ["conv", "x", "w"] });
    const { conv, x, w, y } = await executable.run({ x: batchOf(1) });
    expect([...conv.data]).toEqual([0.5, 1.5, 2.5, 3.5, 0.5, -0.5, -1.5, -2.5]);
    expect(x).toEqual(batchOf(1));
    expect(w).toEqual(parameters.w);
    expect([...y.data]).toEqual([0.5, 1.5, 2.5, 3.5, 0.5, 0, 0, 0]);
  });

  test("supports inputs and parameters as outputs, and weights as inputs", async () => {
    await using backend = await open();
    const g = graphBuilder("origins");
    const x = g.input("x", ["N", 3]);
    const w = g.input("w", [2, 3]);
    const p = g.parameter("p", [1, 3]);
    const y = g.linear({ x: g.mul({ a: x, b: p }), w }, {}, "again");
    await using executable = await backend.compile(g.build({ y, again: x, p, x: y, w }), {
      p: float32([1, 3], [1, 2, 3]),
    });
    const feeds = { x: float32([1, 3], [1, 1, 1]), w: float32([2, 3], [1, 1, 1, 1, 0, -1]) };
    const results = await executable.run(feeds);
    const values = Object.fromEntries(Object.entries(results).map(([key, { data }]) => [key, [...data]]));
    expect(values).toEqual({ y: [6, -2], again: [1, 1, 1], p: [1, 2, 3], x: [6, -2], w: [1, 1, 1, 1, 0, -1] });
    await executable.run({ x: float32([1, 3], [7, 7, 7]), w: float32([2, 3]) });
    expect([...results["again"].data]).toEqual([1, 1, 1]);
  });

  test("serialises concurrent runs, across backends too", async () => {
    await using backend = await open();
    await using other = await open();
    const { graph, parameters } = small();
    const executables = await Promise.all([backend.compile(graph, parameters), other.compile(graph, parameters)]);
    const shared = batchOf(3);
    const runs = Array.from({ length: 8 }, (_, k) => {
      shared.data.set(batchOf(3, k * 100).data);
      return executables[k % 2].run({ x: shared });
    });
    for (const [k, { y }] of (await Promise.all(runs)).entries()) {
      const expected = await runOracle(graph, parameters, { x: batchOf(3, k * 100) });
      expect([...y.data]).toEqual([...expected["y"].value]);
    }
  });

  test("holds parameters until disposed", async () => {
    const backend = await open();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    const { graph, parameters } = small();
    const executable = await backend.compile(graph, parameters);
    parameters.w.data.fill(100);
    expect([...(await executable.run({ x: batchOf(1) }))["y"].data]).toEqual([0.5, 1.5, 2.5, 3.5, 0.5, 0, 0, 0]);
    await backend.compile(graph, parameters);
    expect(backend.memory()).toEqual({ buffers: 2, bytes: 2 * 16 });
    await executable.dispose();
    await executable.dispose();
    expect(backend.memory()).toEqual({ buffers: 1, bytes: 16 });
    await backend.dispose();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    await expect(executable.run({ x: batchOf(1) })).rejects.toMatchObject({ code: "DISPOSED" });
  });

  test("supports parameters too large to embed, without keeping the caller's memory", async () => {
    await using backend = await open();
    const g = graphBuilder("wide");
    const y = g.linear({ x: g.input("x", ["N", 600]), w: g.parameter("w", [600, 600]) });
    const parameters = { w: float32([600, 600], new Float32Array(360_000).fill(0.5)) };
    await using executable = await backend.compile(g.build({ y }), parameters);
    parameters.w.data.fill(9);
    const { y: result } = await executable.run({ x: float32([1, 600], new Float32Array(600).fill(1)) });
    expect(result.data).toEqual(new Float32Array(600).fill(300));
    expect(backend.memory()).toEqual({ buffers: 1, bytes: 1_440_000 });
  });

  test("supports matrices of many megabytes, without keeping the caller's memory", async () => {
    await using backend = await open();
    const [rows, columns] = [1030, 2100];
    const g = graphBuilder("large");
    const [w, bias] = [g.parameter("w", [rows, columns]), g.parameter("bias", [rows])];
    const y = g.linear({ x: g.input("x", ["N", columns]), w, bias }, { activation: "relu" }, "layer");
    const parameters = {
      w: float32([rows, columns], new Float32Array(rows * columns).fill(0.5)),
      bias: float32([rows], uniform(1, "bias", rows, -2000, 0)),
    };
    const expected = parameters.bias.data.map((value) => Math.max(0, columns / 2 + value));
    const executable = await backend.compile(g.build({ y }), parameters);
    parameters.w.data.fill(9);
    parameters.bias.data.fill(9);
    for (const size of [1, 3]) {
      const ones = float32([size, columns], new Float32Array(size * columns).fill(1));
      const { y: result } = await executable.run({ x: ones });
      expect(result.shape).toEqual([size, rows]);
      expect([...result.data.subarray(-rows)]).toEqual(
        [...expected].map((value) => expect.closeTo(value, 2) as number),
      );
    }
    expect(backend.memory()).toEqual({ buffers: 1, bytes: 4 * rows * (columns + 1) });
    await executable.dispose();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
  });

  test("gives the same results at every optimisation level", async () => {
    const g = graphBuilder("block");
    const x = g.input("x", ["N", 16, 9, 9]);
    const parameters: Record<string, TensorOf<"float32">> = {};
    const parameter = (key: string, shape: readonly number[]) => {
      const count = shape.reduce((product, extent) => product * extent);
      parameters[key] = float32(shape, uniform(1, key, count, 0.1, 0.3));
      return g.parameter(key, shape);
    };
    const conv = g.conv2d({ x, w: parameter("w", [16, 16, 3, 3]) }, { pads: [1, 1, 1, 1] });
    const norm = g.batchNorm(
      { x: conv, mean: parameter("m", [16]), variance: parameter("v", [16]) },
      { epsilon: 1e-5 },
    );
    const sum = g.relu({ x: g.add({ a: norm, b: x }) });
    const y = g.softmax({ x: g.flatten({ x: g.globalAvgPool2d({ x: sum }) }) }, { axis: 1 });
    const feeds = { x: float32([2, 16, 9, 9], uniform(1, "x", 2 * 16 * 81, -1, 1)) };
    const { y: expected } = await runOracle(g.build({ y }), parameters, feeds);
    for (const graphOptimizationLevel of ["disabled", "basic", "extended", "all"] as const) {
      await using backend = await create({ threads: 1, graphOptimizationLevel });
      await using executable = await backend.compile(g.build({ y }), parameters);
      const { y: actual } = await executable.run(feeds);
      expect([...actual.data]).toEqual([...expected.value].map((value) => expect.closeTo(value, 5) as number));
    }
  });
});

// Eight gigabytes: more than WebAssembly can address, but a machine may have as much.
test("wasm reports OUT_OF_MEMORY and stays usable", async () => {
  await using backend = await createWasm({ threads: 1 });
  const g = graphBuilder("absurd");
  const x = g.input("x", ["N", 1, 1, 1]);
  const y = g.pad2d({ x }, { pads: [0, 0, 46_000, 46_000] }, "enlarge");
  await using executable = await backend.compile(g.build({ y }), {});
  const failure = expect(executable.run({ x: float32([1, 1, 1, 1]) })).rejects;
  await failure.toMatchObject({ code: "OUT_OF_MEMORY", cause: expect.any(Error) as Error });
  const { graph, parameters } = small();
  await using next = await backend.compile(graph, parameters);
  expect((await next.run({ x: batchOf(1) }))["y"].shape).toEqual([1, 8]);
});
