import { readFile } from "node:fs/promises";
import { evaluate, float32, graphBuilder, opNames } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { createBackend, isAvailable } from "./backend.js";

function square() {
  const g = graphBuilder("square");
  const x = g.input("x", ["N", 2]);
  return g.build({ y: g.linear({ x: g.relu({ x }, {}, "positive"), w: g.parameter("w", [1, 2]) }) });
}
const parameters = { w: float32([1, 2], [2, 3]) };

test("is always available", async () => {
  expect(await isAvailable()).toEqual({ available: true });
});

test("declares its capabilities", async () => {
  await using backend = await createBackend();
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(backend.id).toBe("reference");
  expect(backend.capabilities).toEqual({
    runtime: { name: "isoconv reference", version },
    device: "cpu",
    threads: 1,
    arithmetic: "f32",
    convAlgorithm: "direct",
    nonFinite: "ieee",
    subnormals: "kept",
    ops: Object.fromEntries(opNames.map((op) => [op, "native"])),
  });
  expect(Object.isFrozen(backend.capabilities.ops)).toBe(true);
});

describe("the arithmetic matches the capabilities", () => {
  test.for([1 + 2 ** -12, 2 ** 17, 1 + 2 ** -23, 2 ** -130, -(2 ** -149)])(
    "a 1×1 convolution keeps %f",
    async (number) => {
      await using backend = await createBackend();
      const one = float32([1, 1, 1, 1], [1]);
      const y = await evaluate(backend, "conv2d", { x: float32([1, 1, 1, 1], [number]), w: one });
      expect(y.data[0]).toBe(number);
    },
  );

  test("4096 ones add up to 4096, beyond float32 is ∞, 0 · ∞ is NaN", async () => {
    await using backend = await createBackend();
    const ones = float32([1, 4096], new Float32Array(4096).fill(1));
    expect((await evaluate(backend, "linear", { x: ones, w: ones })).data[0]).toBe(4096);
    const [x, w] = [float32([2, 1], [2e38, 0]), float32([1, 1], [2])];
    expect([...(await evaluate(backend, "linear", { x, w })).data]).toEqual([Infinity, 0]);
    expect((await evaluate(backend, "linear", { x, w: float32([1, 1], [Infinity]) })).data[1]).toBeNaN();
  });
});

describe("lifecycle", () => {
  test("runs as written, returns float32 outputs and taps", async () => {
    await using backend = await createBackend();
    const executable = await backend.compile(square(), parameters, { taps: ["positive"] });
    const results = await executable.run({ x: float32([2, 2], [1, -1, 0.1, 10]) });
    expect(results).toEqual({
      y: float32([2, 1], [2, 2 * Math.fround(0.1) + 30]),
      positive: float32([2, 2], [1, 0, 0.1, 10]),
    });
  });

  test("feeds may be reused at once, runs may overlap", async () => {
    await using backend = await createBackend();
    const executable = await backend.compile(square(), parameters);
    const x = float32([1, 2], [1, 1]);
    const first = executable.run({ x });
    x.data.fill(2);
    const second = executable.run({ x });
    expect([(await first)["y"]?.data[0], (await second)["y"]?.data[0]]).toEqual([5, 10]);
  });

  test("counts parameters until they are disposed", async () => {
    const backend = await createBackend();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    const executable = await backend.compile(square(), parameters);
    await executable.run({ x: float32([1, 2]) });
    expect(backend.memory()).toEqual({ buffers: 1, bytes: 16 });
    await executable.dispose();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    await backend.dispose();
  });

  test("can be disposed twice and refuses work afterwards", async () => {
    const backend = await createBackend();
    const executable = await backend.compile(square(), parameters);
    await backend.dispose();
    await backend.dispose();
    await expect(executable.run({ x: float32([1, 2]) })).rejects.toMatchObject({ code: "DISPOSED" });
    await expect(backend.compile(square(), parameters)).rejects.toMatchObject({ code: "DISPOSED" });
  });
});
