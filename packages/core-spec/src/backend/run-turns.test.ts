import { expect, test } from "vitest";
import { graphBuilder } from "../graph/builder.js";
import type { Pass } from "../passes/pass.js";
import { float32 } from "../tensor.js";
import type { CompileOptions } from "./backend.js";
import { deferred, graph, loggingBackend, settle, x } from "./logging-backend.test.support.js";
import type { BoundFeeds } from "./feeds.js";

test("a program that reads its feeds at once gets the caller's arrays when the queue is idle and a copy when it waits", async () => {
  const gate = deferred();
  const seen: unknown[] = [];
  const { backend } = loggingBackend({
    program: {
      readsFeedsAtOnce: true,
      run: async ({ tensors }: BoundFeeds) => {
        const { data } = tensors.get("x")!;
        seen.push(data);
        const y = float32([1, 2], [...data]);
        await gate.promise;
        return { y };
      },
    },
  });
  const executable = await backend.compile(graph, {});
  const feed = float32([1, 2], [1, 2]);
  const now = executable.run({ x: feed });
  feed.data.fill(5);
  const later = executable.run({ x: feed });
  feed.data.fill(7);
  gate.resolve();
  expect([...(await now)["y"].data]).toEqual([1, 2]);
  expect([...(await later)["y"].data]).toEqual([5, 5]);
  expect(seen[0]).toBe(feed.data);
  expect(seen[1]).not.toBe(feed.data);
  await backend.dispose();
});

test("a failing run lets the next one start", async () => {
  let runs = 0;
  const { backend } = loggingBackend({
    program: {
      readsFeedsAtOnce: true,
      run: async ({ tensors }: BoundFeeds) => {
        runs += 1;
        if (runs === 1) throw new Error("boom");
        return { y: tensors.get("x")! };
      },
    },
  });
  const executable = await backend.compile(graph, {});
  const [first, second] = await Promise.allSettled([executable.run({ x }), executable.run({ x })]);
  expect(first).toMatchObject({ status: "rejected", reason: { code: "EXECUTION_FAILED" } });
  expect(second).toMatchObject({ status: "fulfilled" });
  await backend.dispose();
});

test("a run aborted while it waits in the queue rejects at once and never starts", async () => {
  const gate = deferred();
  const { backend, log } = loggingBackend({
    program: {
      run: async ({ tensors }: BoundFeeds) => {
        log.push("run");
        await gate.promise;
        return { y: tensors.get("x")! };
      },
    },
  });
  const executable = await backend.compile(graph, {});
  const running = executable.run({ x });
  const controller = new AbortController();
  const waiting = executable.run({ x }, { signal: controller.signal });
  controller.abort("enough");
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  gate.resolve();
  await running;
  await settle();
  expect(log.filter((entry) => entry === "run")).toHaveLength(1);
  await backend.dispose();
});

test("a run on a disposed backend names the backend in its error, and on a disposed executable the executable", async () => {
  const { backend } = loggingBackend();
  const [first, second] = [await backend.compile(graph, {}), await backend.compile(graph, {})];
  await first.dispose();
  await expect(first.run({ x })).rejects.toThrow(/DISPOSED: the executable "net"/);
  await backend.dispose();
  await expect(second.run({ x })).rejects.toThrow(/DISPOSED: the backend "logging"/);
});

test("an exception in a caller's pass becomes an error that names the pass, and a pass's result is validated", async () => {
  const { backend } = loggingBackend();
  const throwing = {
    name: "mine",
    run: () => {
      throw new TypeError("oops");
    },
  };
  await expect(backend.compile(graph, {}, { passes: [throwing] })).rejects.toThrow(
    /EXECUTION_FAILED: passes "mine": oops/,
  );
  const dangling = {
    name: "dangling",
    run: () => ({ graph: { ...graph, outputs: [{ name: "y", value: "nothing" }] }, parameters: {} }),
  };
  await expect(backend.compile(graph, {}, { passes: [dangling] })).rejects.toMatchObject({ code: "INVALID_GRAPH" });
  await backend.dispose();
});

test("options and passes of the wrong type are refused with an IsoconvError", async () => {
  const { backend } = loggingBackend();
  const compile = (options: unknown): Promise<unknown> => backend.compile(graph, {}, options as CompileOptions);
  await expect(compile(null)).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: "options" });
  await expect(compile({ taps: "x" })).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: "options.taps" });
  await expect(compile({ passes: ["mine"] })).rejects.toMatchObject({
    code: "INVALID_ATTRIBUTE",
    path: "options.passes",
  });
  await expect(compile({ tap: ["x"] })).rejects.toThrow(
    'INVALID_ATTRIBUTE: compile options.tap: no such option; expected passes, taps, got "tap". Did you mean "taps"?',
  );
  await expect(compile({ taps: [5] })).rejects.toMatchObject({ code: "INVALID_GRAPH", path: "taps[0]" });
  await expect(compile({ passes: [{ name: "mine", run: () => undefined }] })).rejects.toThrow(/returned no network/);
  const renaming: Pass = {
    name: "renaming",
    run: ({ parameters }) => {
      const g = graphBuilder("net");
      return { graph: g.build({ z: g.relu({ x: g.input("x", ["N", 2]) }) }), parameters };
    },
  };
  await expect(compile({ passes: [renaming] })).rejects.toThrow(
    /changed the graph's inputs or outputs; expected "?\(x: N×2\) → y/,
  );
  const losing: Pass = {
    name: "losing",
    run: () => {
      const g = graphBuilder("net");
      return { graph: g.build({ y: g.add({ a: g.input("x", ["N", 2]), b: g.parameter("b", [2]) }) }), parameters: {} };
    },
  };
  await expect(compile({ passes: [losing] })).rejects.toThrow(/lost a parameter.*"b"/);
  await backend.dispose();
});

test("a batch that makes any value too large is refused before anything is allocated", async () => {
  const { backend, log } = loggingBackend();
  const g = graphBuilder("large");
  const x = g.input("x", ["N", 1, 1, 1]);
  const y = g.mean({ x: g.upsample({ x }, { scales: [40_000, 40_000] }) }, { axes: [2, 3] });
  const executable = await backend.compile(g.build({ y }), {});
  await expect(executable.run({ x: float32([2, 1, 1, 1]) })).rejects.toMatchObject({
    code: "INVALID_FEED",
    expected: expect.stringContaining("a batch of at most 1"),
  });
  expect(log).not.toContain("run");
  await backend.dispose();
});
