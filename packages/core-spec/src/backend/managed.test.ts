import { describe, expect, test } from "vitest";
import { rejection } from "../op-cases.test.support.js";
import { float32, type Tensor } from "../tensor.js";
import type { RunOptions } from "./backend.js";
import type { BoundFeeds } from "./feeds.js";
import { deferred, graph, loggingBackend, settle, x } from "./logging-backend.test.support.js";

test("capabilities are frozen data", () => {
  const { backend } = loggingBackend();
  expect(backend.id).toBe("logging");
  expect([backend.capabilities, backend.capabilities.runtime, backend.capabilities.ops].every(Object.isFrozen)).toBe(
    true,
  );
});

test.each([
  [
    "arithmetic",
    "fp32",
    'INVALID_ATTRIBUTE: capabilities.arithmetic: declared with an unknown value; expected f32 or tf32 or f16-storage or f16, got "fp32"',
  ],
  ["arithmetic", "toString", "f32 or tf32 or f16-storage or f16"],
  ["convAlgorithm", "winograd", "direct or fast"],
  ["nonFinite", true, "ieee or indeterminate"],
  ["subnormals", "flush", "kept or flushed"],
  ["device", "npu", "cpu or gpu"],
  ["arithmetic", undefined, "capabilities.arithmetic: not declared; expected f32 or tf32"],
])("capabilities that declare %s as %s are refused with the choices", (field, value, says) => {
  const declared = { ...loggingBackend().backend.capabilities, [field]: value };
  expect(() => loggingBackend({ driver: { capabilities: declared } })).toThrow(says);
});

test("the executable's graph is the written one, regardless of passes", async () => {
  const { backend } = loggingBackend();
  expect((await backend.compile(graph, {})).graph).toBe(graph);
});

test("eight concurrent runs never overlap, start in order and each get their own feeds", async () => {
  let running = 0;
  const order: number[] = [];
  const run = async ({ tensors }: BoundFeeds): Promise<Record<string, Tensor>> => {
    running += 1;
    expect(running).toBe(1);
    order.push(tensors.get("x")!.data[0]);
    await settle();
    running -= 1;
    return { y: tensors.get("x")! };
  };
  const { backend } = loggingBackend({ program: { run } });
  const executable = await backend.compile(graph, {});
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, i) => executable.run({ x: float32([1, 2], [i, i]) })),
  );
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(results.map(({ y }) => y.data[1])).toEqual(order);
});

test.each<[unknown, string]>([
  [{ taps: ["x"] }, 'INVALID_ATTRIBUTE: run options.taps: no such option; expected signal, got "taps"'],
  [{ signal: new AbortController() }, "INVALID_ATTRIBUTE: run options.signal: "],
  [null, "INVALID_ATTRIBUTE: run options: options are not an object"],
])("a run refuses the options %j", async (options, message) => {
  const { backend } = loggingBackend();
  const executable = await backend.compile(graph, {});
  await expect(executable.run({ x }, options as RunOptions)).rejects.toThrow(message);
});

test("a run that fails does not block later runs", async () => {
  let runs = 0;
  const run = async (): Promise<Record<string, Tensor>> => {
    runs += 1;
    await settle();
    if (runs === 1) throw new Error("once");
    return { y: x };
  };
  const { backend } = loggingBackend({ program: { run } });
  const executable = await backend.compile(graph, {});
  const [first, second] = await Promise.allSettled([executable.run({ x }), executable.run({ x })]);
  expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
});

test("feeds may be reused as soon as run has returned its promise", async () => {
  const { backend } = loggingBackend();
  const executable = await backend.compile(graph, {});
  const first = executable.run({ x: float32([1, 2]) });
  const buffer = new ArrayBuffer(8);
  const data = new Float32Array(buffer).fill(1);
  const queued = executable.run({ x: float32([1, 2], data) });
  data.fill(9);
  structuredClone(buffer, { transfer: [buffer] });
  await first;
  expect((await queued).y.data).toEqual(new Float32Array([1, 1]));
});

test("an empty batch gives empty results of the right shape, without running", async () => {
  const { backend, log } = loggingBackend();
  const executable = await backend.compile(graph, {});
  expect(await executable.run({ x: float32([0, 2]) })).toEqual({ y: float32([0, 2]) });
  expect(log).toEqual(["load"]);
});

test("a refused feed never reaches the program", async () => {
  const { backend, log } = loggingBackend();
  const executable = await backend.compile(graph, {});
  expect((await rejection(executable.run({}))).code).toBe("INVALID_FEED");
  expect(log).toEqual(["load"]);
});

describe("abort", () => {
  test("before the run rejects at once, with the reason as cause", async () => {
    const { backend, log } = loggingBackend();
    const executable = await backend.compile(graph, {});
    const error = await rejection(executable.run({ x }, { signal: AbortSignal.abort("why") }));
    expect([error.code, error.cause, log]).toEqual(["ABORTED", "why", ["load"]]);
  });

  test("of a queued run keeps it from starting", async () => {
    const gate = deferred();
    const controller = new AbortController();
    let runs = 0;
    const run = async (): Promise<Record<string, Tensor>> => {
      runs += 1;
      await gate.promise;
      return { y: x };
    };
    const { backend } = loggingBackend({ program: { run } });
    const executable = await backend.compile(graph, {});
    const first = executable.run({ x });
    const second = rejection(executable.run({ x }, { signal: controller.signal }));
    controller.abort();
    gate.resolve();
    await first;
    expect((await second).code).toBe("ABORTED");
    expect(runs).toBe(1);
  });
});

test.each<readonly [string, unknown, string]>([
  ["a plain error", new Error("device lost"), "EXECUTION_FAILED"],
  ["a string", "aborted()", "EXECUTION_FAILED"],
  ["a number, as emscripten throws", 5_243_872, "EXECUTION_FAILED"],
  ["nothing", undefined, "EXECUTION_FAILED"],
  ["an object without prototype", Object.create(null), "EXECUTION_FAILED"],
  ["V8's array buffers", new RangeError("Array buffer allocation failed"), "OUT_OF_MEMORY"],
  ["emscripten's heap", new Error("Cannot enlarge memory arrays"), "OUT_OF_MEMORY"],
  ["C++", new Error("std::bad_alloc"), "OUT_OF_MEMORY"],
  ["ONNX Runtime", new Error("Failed to allocate memory for requested buffer of size 4"), "OUT_OF_MEMORY"],
  ["TensorFlow", new Error("OOM when allocating tensor with shape[1]"), "OUT_OF_MEMORY"],
  ["CUDA", new Error("CUDA error: out of memory"), "OUT_OF_MEMORY"],
])("%s thrown by a runtime gets a code and stays the cause", async (_what, cause, code) => {
  const fail = (): never => {
    throw cause;
  };
  const { backend } = loggingBackend({ program: { run: fail } });
  const executable = await backend.compile(graph, {});
  const { backend: unloadable } = loggingBackend({ driver: { load: fail } });
  for (const error of [await rejection(executable.run({ x })), await rejection(unloadable.compile(graph, {}))]) {
    expect(error.code).toBe(code);
    expect(error.cause).toBe(cause);
  }
});
