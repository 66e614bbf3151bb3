import { beforeEach, expect, test } from "vitest";
import { graphBuilder, type GraphBuilder, type Value } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { rejection } from "../op-cases.test.support.js";
import { float32, type Tensors } from "../tensor.js";
import type { Backend, Executable } from "./backend.js";
import { fromKernels } from "./kernels.js";
import type { KernelTable } from "./table.js";
import { capabilities, ToyStore, toyBackend, toyTable, type Buffer } from "./toy-backend.test.support.js";

let runtime: ToyStore;
let backend: Backend;
beforeEach(() => {
  runtime = new ToyStore();
  backend = toyBackend(runtime, toyTable(runtime));
});

function graphOf(body: (g: GraphBuilder, x: Value) => Record<string, Value>): Graph {
  const g = graphBuilder("net");
  return g.build(body(g, g.input("x", ["N", 2])));
}
const compile = (graph: Graph, parameters: Tensors = {}): Promise<Executable> =>
  backend.compile(graph, parameters, { passes: [] });
const x = float32([2, 2], [-1, 1, -2, 2]);

test("a graph runs in order; its results belong to the caller and everything else is freed", async () => {
  const graph = graphOf((g, v) => ({ y: g.add({ a: g.relu({ x: v }, {}, "r"), b: v }, {}, "s"), r: g.relu({ x: v }) }));
  const executable = await compile(graph);
  const results = await executable.run({ x });
  expect(results).toEqual({ y: float32([2, 2], [-1, 2, -2, 4]), r: float32([2, 2], [0, 1, 0, 2]) });
  expect(runtime.ran).toEqual(["r", "s", "relu"]);
  expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
});

test("a feed is uploaded from the caller's own array when no other run waits, and from a copy otherwise", async () => {
  const executable = await compile(graphOf((g, v) => ({ y: g.relu({ x: v }) })));
  const uploaded: unknown[] = [];
  const upload = runtime.upload.bind(runtime);
  runtime.upload = (tensor, layout) => {
    uploaded.push(tensor.data);
    return upload(tensor, layout);
  };
  await Promise.all([executable.run({ x }), executable.run({ x })]);
  expect(uploaded.map((data) => data === x.data)).toEqual([true, false]);
});

test("an intermediate is freed at its last use", async () => {
  const chain = graphOf((g, v) => {
    let y = v;
    for (let i = 0; i < 20; i += 1) y = g.relu({ x: y });
    return { y };
  });
  await (await compile(chain)).run({ x });
  expect(runtime.peak).toBe(2);
});

test("a value used twice by one node, or again by a later one, is kept as long as it is needed", async () => {
  const graph = graphOf((g, v) => {
    const r = g.relu({ x: v });
    const doubled = g.add({ a: r, b: r });
    return { y: g.concat({ xs: [r, doubled, r] }, { axis: 1 }) };
  });
  const { y } = await (await compile(graph)).run({ x: float32([1, 2], [-1, 1]) });
  expect(y).toEqual(float32([1, 6], [0, 1, 0, 2, 0, 1]));
  expect(runtime.peak).toBe(3);
});

test("a kernel that returns its operand is refused, whether it is a feed, a parameter or an intermediate", async () => {
  const identity: Partial<KernelTable<Buffer>> = {
    clip: ({ x: operand }) => operand,
    concat: ({ xs }) => xs[1],
  };
  backend = toyBackend(runtime, { ...toyTable(runtime), ...identity });
  const graphs: readonly [Graph, Tensors?][] = [
    [graphOf((g, v) => ({ y: g.clip({ x: v }, {}, "same") }))],
    [graphOf((g, v) => ({ y: g.clip({ x: g.relu({ x: v }) }, {}, "same") }))],
    [graphOf((g, v) => ({ y: g.clip({ x: g.parameter("p", [1]) }, {}, "same"), x: v })), { p: float32([1], [7]) }],
    [graphOf((g, v) => ({ y: g.concat({ xs: [v, g.relu({ x: v })] }, { axis: 1 }, "same") }))],
  ];
  for (const [graph, parameters] of graphs) {
    const executable = await compile(graph, parameters);
    expect(await rejection(executable.run({ x }))).toMatchObject({
      code: "EXECUTION_FAILED",
      node: "same",
      message: expect.stringContaining("the kernel returned one of its operands; expected a value of its own"),
    });
    await executable.dispose();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
  }
});

test("results that no node reads are freed immediately", async () => {
  const graph = graphOf((g, v) => {
    for (let i = 0; i < 5; i += 1) g.relu({ x: v });
    return { y: g.relu({ x: v }) };
  });
  await (await compile(graph)).run({ x });
  expect(runtime.ran).toHaveLength(6);
  expect(runtime.peak).toBe(2);
});

test("an output may be an input, a parameter, or one value under two names", async () => {
  const graph = graphOf((g, v) => {
    const p = g.parameter("p", [1]);
    const r = g.relu({ x: v });
    return { input: v, parameter: p, one: r, two: r };
  });
  const executable = await compile(graph, { p: float32([1], [7]) });
  for (let i = 0; i < 2; i += 1) {
    const { input, parameter, one, two } = await executable.run({ x });
    expect(input.data).toEqual(x.data);
    expect(parameter.data).toEqual(new Float32Array([7]));
    expect(one).toEqual(two);
    expect(runtime.live.size).toBe(1);
  }
});

test("a kernel that throws leaks nothing, and the executable runs again", async () => {
  const graph = graphOf((g, v) => ({ y: g.add({ a: g.relu({ x: v }), b: v }, {}, "sum") }));
  const executable = await compile(graph);
  runtime.failingNode = "sum";
  const error = await rejection(executable.run({ x }));
  expect(error).toMatchObject({ code: "EXECUTION_FAILED", op: "add", node: "sum" });
  expect(error.cause).toEqual(new Error("kernel of sum failed"));
  expect(runtime.live.size).toBe(0);
  runtime.failingNode = undefined;
  await expect(executable.run({ x })).resolves.toBeDefined();
});

test("an upload that throws leaks nothing, of feeds or parameters", async () => {
  const g = graphBuilder("net");
  const [a, b] = [g.input("a", ["N"]), g.input("b", ["N"])];
  const executable = await compile(g.build({ y: g.add({ a, b }) }));
  runtime.failingUpload = 1;
  expect((await rejection(executable.run({ a: float32([1]), b: float32([1]) }))).code).toBe("EXECUTION_FAILED");
  expect(runtime.live.size).toBe(0);
  const two = graphOf((h, v) => ({
    y: h.add({ a: h.mul({ a: v, b: h.parameter("p", [1]) }), b: h.parameter("q", [1]) }),
  }));
  runtime.failingUpload = 2;
  expect((await rejection(compile(two, { p: float32([1]), q: float32([1]) }))).code).toBe("EXECUTION_FAILED");
  expect(runtime.live.size).toBe(0);
});

test("a download that fails waits for the others before their buffers are freed", async () => {
  const graph = graphOf((g, v) => ({ y: g.relu({ x: v }), p: g.parameter("p", [3]), z: g.relu({ x: v }) }));
  const executable = await compile(graph, { p: float32([3]) });
  runtime.failingDownload = 3;
  const error = await rejection(executable.run({ x }));
  expect(error.cause).toEqual(new Error("download failed"));
  expect(runtime.live.size).toBe(1);
});

test("a run can be aborted between kernels and leaks nothing", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const graph = graphOf((g, v) => ({ y: g.relu({ x: g.relu({ x: v }, {}, "slow") }, {}, "never") }));
  const executable = await compile(graph);
  runtime.beforeKernel = () => {
    const end = performance.now() + 60;
    while (performance.now() < end);
    controller.abort(reason);
  };
  const error = await rejection(executable.run({ x }, { signal: controller.signal }));
  expect([error.code, error.cause]).toEqual(["ABORTED", reason]);
  expect(runtime.ran).toEqual(["slow"]);
  expect(runtime.live.size).toBe(0);
});

test("a run that cannot be aborted does not interrupt itself", async () => {
  const executable = await compile(graphOf((g, v) => ({ y: g.relu({ x: g.relu({ x: v }) }) })));
  let others = 0;
  setTimeout(() => (others += 1));
  runtime.beforeKernel = () => {
    expect(others).toBe(0);
    const end = performance.now() + 60;
    while (performance.now() < end);
  };
  await executable.run({ x });
  expect(runtime.ran).toHaveLength(2);
});

test("an operation marked as decomposed runs as its parts", async () => {
  expect(backend.capabilities.ops).toMatchObject({ silu: "decomposed", relu: "native" });
  const executable = await compile(graphOf((g, v) => ({ y: g.silu({ x: v }, {}, "s") })));
  await executable.run({ x });
  expect(runtime.ran).toEqual(["s.sigmoid", "s"]);
});

test("an operation without kernel is refused when compiling, by name", async () => {
  const error = await rejection(compile(graphOf((g, v) => ({ y: g.gelu({ x: v }, {}, "act") }))));
  expect(error).toMatchObject({ code: "UNSUPPORTED", op: "gelu", node: "act" });
  expect(error.message).toContain("https://example.org/toy");
});

test("the runtime is activated before each stretch of synchronous work, and disposed once", async () => {
  const executable = await compile(
    graphOf((g, v) => ({ y: g.add({ a: v, b: g.parameter("p", [1]) }) })),
    { p: float32([1]) },
  );
  const compiled = runtime.activations;
  expect(compiled).toBeGreaterThan(0);
  await executable.run({ x });
  const ran = runtime.activations;
  expect(ran).toBeGreaterThan(compiled);
  await backend.dispose();
  await backend.dispose();
  expect(runtime.activations).toBeGreaterThan(ran);
  expect([runtime.disposals, runtime.live.size]).toEqual([1, 0]);
});

test("begin is awaited before a graph is loaded, settle after its parameters are uploaded", async () => {
  const log: string[] = [];
  runtime.begin = async () => void log.push(`begin, ${runtime.uploads.length} uploaded`);
  runtime.settle = async () => void log.push(`settle, ${runtime.uploads.length} uploaded`);
  const g = graphBuilder("net");
  await compile(g.build({ y: g.add({ a: g.input("x", [2]), b: g.parameter("w", [2]) }) }), { w: float32([2]) });
  expect(log).toEqual(["begin, 0 uploaded", "settle, 1 uploaded"]);
});

test("parameters that the device could not hold are freed", async () => {
  runtime.settle = () => Promise.reject(new Error("out of memory"));
  const g = graphBuilder("net");
  const graph = g.build({ y: g.add({ a: g.input("x", [2]), b: g.parameter("w", [2]) }) });
  expect(await rejection(compile(graph, { w: float32([2]) }))).toMatchObject({ code: "OUT_OF_MEMORY" });
  expect(runtime.uploads).toHaveLength(1);
  expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
});

test("a batch whose values the device cannot hold is refused", async () => {
  const limits = { arrayBytes: 16 };
  const table = toyTable(runtime);
  const limited = fromKernels({ id: "limited", capabilities: { ...capabilities, limits }, table, store: runtime });
  const executable = await limited.compile(
    graphOf((g, v) => ({ y: g.relu({ x: v }) })),
    {},
  );
  expect((await executable.run({ x })).y.shape).toEqual([2, 2]);
  expect(await rejection(executable.run({ x: float32([3, 2]) }))).toMatchObject({
    code: "INVALID_FEED",
    expected: "a batch of at most 2 (4 elements a tensor)",
  });
});

test("a kernel can tell its executable: one object in all nodes and runs, another in a second executable", async () => {
  const seen: object[] = [];
  const table = toyTable(runtime);
  const { relu } = table;
  if (typeof relu !== "function") throw new Error("relu is a kernel");
  const watching: KernelTable<Buffer> = {
    ...table,
    relu: (inputs, attrs, site) => {
      seen.push(site.executable);
      return relu(inputs, attrs, site);
    },
  };
  backend = toyBackend(runtime, watching);
  const graph = graphOf((g, v) => ({ y: g.relu({ x: g.relu({ x: v }) }) }));
  const [first, second] = [await compile(graph), await compile(graph)];
  await first.run({ x });
  await second.run({ x });
  await first.run({ x });
  expect(seen).toHaveLength(6);
  const [a, , b] = seen;
  expect(a).not.toBe(b);
  seen.forEach((key, call) => expect(key).toBe(call === 2 || call === 3 ? b : a));
});
