import * as tf from "@tensorflow/tfjs-core";
import { float32, graphBuilder, type Graph, type Tensor } from "@isoconv/core-spec";
import { runOracle } from "@isoconv/backend-reference";
import { describe, expect, it } from "vitest";
import { lattice } from "./agreement.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { instrumented } from "./instrumented.test.support.js";
import { createBackend as createWasm } from "./wasm/index.js";

const EMPTY = { buffers: 0, bytes: 0 };

/** A small classifier with every kind of parameter packing, and with kernels composed of several others. */
function classifier(): { readonly graph: Graph; readonly parameters: Readonly<Record<string, Tensor>> } {
  const g = graphBuilder("classifier");
  const parameters: Record<string, Tensor> = {};
  const p = (name: string, shape: readonly number[]): ReturnType<typeof g.parameter> => {
    parameters[name] = lattice(name, shape);
    return g.parameter(name, shape);
  };
  const x = g.input("x", ["N", 4, 6, 6]);
  const a = g.conv2d({ x, w: p("a.w", [4, 2, 3, 3]), bias: p("a.b", [4]) }, { groups: 2, pads: [1, 1, 1, 1] }, "a");
  const b = g.conv2d({ x: a, w: p("b.w", [4, 1, 3, 3]) }, { groups: 4 }, "b");
  const c = g.convTranspose2d({ x: b, w: p("c.w", [4, 3, 2, 2]), bias: p("c.b", [3]) }, { strides: [2, 2] }, "c");
  const d = g.maxPool2d({ x: c }, { kernel: [2, 2], dilations: [2, 2], strides: [2, 2] }, "d");
  const e = g.add({ a: d, b: p("e.b", [3, 1, 1]) }, {}, "e");
  const f = g.flatten({ x: e }, {}, "f");
  const h = g.linear({ x: f, w: p("h.w", [5, 27]), bias: p("h.b", [5]) }, {}, "h");
  const y = g.hardSigmoid({ x: h }, {}, "y");
  return { graph: g.build({ y, again: y }), parameters };
}

const feeds = (batch: number): Readonly<Record<string, Tensor>> => ({ x: lattice(`x${batch}`, [batch, 4, 6, 6]) });

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
] as const)("lifecycle on %s", (name, create) => {
  it("holds nothing but parameters between runs, and nothing after disposal", async () => {
    const backend = await create();
    const before = tf.findBackend(name).numDataIds();
    const { graph, parameters } = classifier();
    const executable = await backend.compile(graph, parameters);
    const compiled = backend.memory();
    expect(compiled.buffers).toBeGreaterThan(0);
    for (let run = 0; run < 100; run += 1) await executable.run(feeds(1 + (run % 3)));
    expect(backend.memory()).toEqual(compiled);
    await executable.dispose();
    expect(backend.memory()).toEqual(EMPTY);
    expect(tf.findBackend(name).numDataIds()).toBe(before);
    await backend.dispose();
  });

  it("counts what it holds", async () => {
    await using backend = await create();
    const { graph, parameters } = classifier();
    await using executable = await backend.compile(graph, parameters);
    const elements = Object.values(parameters).reduce((sum, { data }) => sum + data.length, 0);
    expect(backend.memory().bytes).toBe(4 * elements);
    expect(executable.graph.outputs).toHaveLength(2);
  });

  it("frees everything when a kernel throws, at any position", async () => {
    let countdown = Infinity;
    const backend = await instrumented(name, () => {
      countdown -= 1;
      if (countdown === 0) throw new Error("kernel failed");
    });
    const before = tf.findBackend(name).numDataIds();
    const { graph, parameters } = classifier();
    let failures = 0;
    for (let kernel = 1; ; kernel += 1) {
      countdown = kernel;
      try {
        await using executable = await backend.compile(graph, parameters);
        const compiled = backend.memory();
        await executable.run(feeds(2)).catch((error: unknown) => {
          expect(backend.memory()).toEqual(compiled);
          throw error;
        });
      } catch (error) {
        expect(error).toMatchObject({ code: "EXECUTION_FAILED" });
        failures += 1;
      }
      expect(backend.memory()).toEqual(EMPTY);
      if (countdown > 0) break;
    }
    expect(failures).toBeGreaterThan(25);
    expect(tf.findBackend(name).numDataIds()).toBe(before);
    await backend.dispose();
  });

  it("copies parameters, feeds and results", async () => {
    await using backend = await create();
    const g = graphBuilder("sums");
    const x = g.input("x", [2]);
    const w = g.parameter("w", [2]);
    const y = g.add({ a: x, b: w });
    const parameters = { w: float32([2], [1, 2]) };
    await using executable = await backend.compile(g.build({ y, w, x, again: y }), parameters);
    parameters.w.data.fill(9);
    const input = float32([2], [10, 20]);
    const run = executable.run({ x: input });
    input.data.fill(9);
    const first = await run;
    expect(Object.values(first).map(({ data }) => [...data])).toEqual([
      [11, 22],
      [1, 2],
      [10, 20],
      [11, 22],
    ]);
    for (const { data } of Object.values(first)) data.fill(-1);
    const second = await executable.run({ x: float32([2], [0, 0]) });
    expect([...second["w"].data]).toEqual([1, 2]);
    expect([...second["y"].data]).toEqual([1, 2]);
  });

  it("takes any batch, including an empty one", async () => {
    await using backend = await create();
    const { graph, parameters } = classifier();
    await using executable = await backend.compile(graph, parameters);
    for (const batch of [1, 3, 0, 2]) {
      const { y } = await executable.run(feeds(batch));
      const expected = await runOracle(graph, parameters, feeds(batch));
      expect(y.shape).toEqual([batch, 5]);
      expect([...y.data]).toEqual([...expected["y"].value].map((value): unknown => expect.closeTo(value, 5)));
    }
  });

  it("returns outputs that do not depend on the batch even if the batch is empty", async () => {
    await using backend = await create();
    const g = graphBuilder("two");
    const [x, z] = [g.input("x", ["N", 2, 3, 3]), g.input("z", [1, 2, 3, 3])];
    const graph = g.build({ x: g.globalAvgPool2d({ x: g.relu({ x }) }), z: g.relu({ x: z }) });
    await using executable = await backend.compile(graph, {});
    const results = await executable.run({ x: float32([0, 2, 3, 3]), z: lattice("z", [1, 2, 3, 3]) });
    expect(results["x"].shape).toEqual([0, 2, 1, 1]);
    expect(results["z"].data).toHaveLength(18);
  });

  it("returns taps in logical order", async () => {
    await using backend = await create();
    const { graph, parameters } = classifier();
    const taps = ["a", "b", "c", "d", "e", "f", "h", "x", "a.w", "c.w", "h.w"];
    await using executable = await backend.compile(graph, parameters, { taps });
    const results = await executable.run(feeds(2));
    const expected = await runOracle(graph, parameters, feeds(2), { taps });
    const unsigned = (values: Iterable<number>): number[] => Array.from(values, (value) => value + 0);
    for (const tap of taps) expect(unsigned(results[tap].data), tap).toEqual(unsigned(expected[tap].value));
  });

  it("runs concurrent requests in order", async () => {
    await using backend = await create();
    const { graph, parameters } = classifier();
    await using executable = await backend.compile(graph, parameters);
    const alone = await executable.run(feeds(2));
    const together = await Promise.all([1, 2, 3].map((batch) => executable.run(feeds(batch))));
    expect(together.map(({ y }) => y.shape[0])).toEqual([1, 2, 3]);
    expect(together[1]["y"]).toEqual(alone["y"]);
  });

  it("refuses work once disposed", async () => {
    const backend = await create();
    const { graph, parameters } = classifier();
    const executable = await backend.compile(graph, parameters);
    await backend.dispose();
    await expect(executable.run(feeds(1))).rejects.toMatchObject({ code: "DISPOSED" });
    await expect(backend.compile(graph, parameters)).rejects.toMatchObject({ code: "DISPOSED" });
    expect(backend.memory()).toEqual(EMPTY);
  });
});
