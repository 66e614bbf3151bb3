import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { loadNode } from "../node/open-node.js";
import { cpuTraits, onnxBackend } from "./backend.js";
import { unrestricted } from "./exclusive.js";
import { lasting } from "./provider.js";

async function perBatch() {
  return onnxBackend({
    id: "onnx-node",
    ort: await loadNode(),
    runtime: { name: "onnxruntime-node", version: "" },
    provider: lasting("cpu"),
    traits: cpuTraits,
    threads: 1,
    graphOptimizationLevel: "all",
    largeMatrices: "kept",
    exclusive: unrestricted,
    isPerBatch: true,
  });
}

const ramp = (shape: readonly number[]) =>
  float32(
    shape,
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => k - 3),
  );

test("a session of each batch size gives what the graph means, and goes with the executable", async () => {
  const g = graphBuilder("small");
  const x = g.input("x", ["N", 2, 2, 2]);
  const conv = g.conv2d({ x, w: g.parameter("w", [2, 2, 1, 1]) });
  const graph = g.build({ y: g.flatten({ x: conv }) });
  const parameters = { w: float32([2, 2, 1, 1], [1, -1, 2, 0.5]) };
  await using backend = await perBatch();
  const executable = await backend.compile(graph, parameters);
  expect(backend.memory().buffers).toBe(1);
  for (const size of [1, 3, 2, 3, 1]) {
    const feeds = { x: ramp([size, 2, 2, 2]) };
    const { y } = await executable.run(feeds);
    const { y: expected } = await runOracle(graph, parameters, feeds);
    expect(y).toEqual({ dtype: "float32", shape: [size, 8], data: Float32Array.from(expected.value) });
  }
  expect(backend.memory().buffers).toBe(3);
  await executable.dispose();
  expect(backend.memory().buffers).toBe(0);
});

test("a graph without a batch has one session", async () => {
  const g = graphBuilder("fixed");
  await using backend = await perBatch();
  const executable = await backend.compile(g.build({ y: g.relu({ x: g.input("x", [2]) }) }), {});
  const { y } = await executable.run({ x: float32([2], [-1, 2]) });
  expect([...(y?.data ?? [])]).toEqual([0, 2]);
  expect(backend.memory().buffers).toBe(1);
});
