import * as tf from "@tensorflow/tfjs-core";
import { graphBuilder, type Backend, type Graph, type Tensor } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { random } from "./agreement.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { createBackend as createWasm } from "./wasm/index.js";

function network(): { readonly graph: Graph; readonly parameters: Readonly<Record<string, Tensor>> } {
  const g = graphBuilder("network");
  const x = g.input("x", ["N", 3, 8, 8]);
  const a = g.relu({ x: g.conv2d({ x, w: g.parameter("a", [4, 3, 3, 3]) }, { pads: [1, 1, 1, 1] }) });
  const y = g.linear({ x: g.flatten({ x: a }), w: g.parameter("b", [5, 256]) });
  return { graph: g.build({ y }), parameters: { a: random("a", [4, 3, 3, 3]), b: random("b", [5, 256]) } };
}

const feeds = { x: random("x", [2, 3, 8, 8]) };

describe("two backends in one program", () => {
  let cpu: Backend;
  let wasm: Backend;
  beforeAll(async () => {
    [cpu, wasm] = await Promise.all([createCpu(), createWasm()]);
  });
  afterAll(() => Promise.all([cpu.dispose(), wasm.dispose()]));

  it("take turns", async () => {
    const { graph, parameters } = network();
    await using onCpu = await cpu.compile(graph, parameters);
    await using onWasm = await wasm.compile(graph, parameters);
    const first = await Promise.all([onCpu.run(feeds), onWasm.run(feeds)]);
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await onCpu.run(feeds)).toEqual(first[0]);
      expect(await onWasm.run(feeds)).toEqual(first[1]);
    }
  });

  it("run concurrently", async () => {
    const { graph, parameters } = network();
    await using onCpu = await cpu.compile(graph, parameters);
    await using onWasm = await wasm.compile(graph, parameters);
    const expected = await Promise.all([onCpu.run(feeds), onWasm.run(feeds)]);
    const runs = Array.from({ length: 20 }, (_, index) => [onCpu, onWasm][index % 2].run(feeds));
    for (const [index, result] of (await Promise.all(runs)).entries()) expect(result).toEqual(expected[index % 2]);
  });

  it("of one kind count their own memory and are disposed separately", async () => {
    const { graph, parameters } = network();
    const other = await createWasm();
    await using executable = await wasm.compile(graph, parameters);
    const before = wasm.memory();
    await other.compile(graph, parameters);
    expect(other.memory()).toEqual(before);
    await other.dispose();
    expect(other.memory().buffers).toBe(0);
    expect(wasm.memory()).toEqual(before);
    expect((await executable.run(feeds))["y"].shape).toEqual([2, 5]);
  });

  it("do not change TensorFlow.js's own state", async () => {
    await tf.setBackend("cpu");
    const { graph, parameters } = network();
    const count = tf.memory().numTensors;
    await using executable = await wasm.compile(graph, parameters);
    await executable.run(feeds);
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.memory().numTensors).toBe(count);
    const mine = tf.tensor1d([1, 2]);
    expect([...(await mine.data())]).toEqual([1, 2]);
    mine.dispose();
  });

  it("survive the program's scopes", async () => {
    const { graph, parameters } = network();
    const compiled: ReturnType<Backend["compile"]>[] = [];
    tf.tidy(() => void compiled.push(wasm.compile(graph, parameters)));
    await using executable = await compiled[0];
    const running: ReturnType<typeof executable.run>[] = [];
    tf.tidy(() => void running.push(executable.run(feeds)));
    expect((await running[0])["y"].shape).toEqual([2, 5]);
  });
});

describe("a TensorFlow.js backend removed by the program", () => {
  it("is reported, and disposal still works", async () => {
    const backend = await createCpu();
    const { graph, parameters } = network();
    const executable = await backend.compile(graph, parameters);
    tf.removeBackend("cpu");
    await expect(executable.run(feeds)).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    await backend.dispose();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    await expect(createCpu()).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
  });
});
