import { beforeEach, expect, test } from "vitest";
import { rejection } from "../op-cases.test.support.js";
import { float32, type Tensor } from "../tensor.js";
import type { Backend } from "./backend.js";
import { evaluate } from "./evaluate.js";
import { toyBackend, ToyStore, toyTable } from "./toy-backend.test.support.js";

let runtime: ToyStore;
let backend: Backend;
let compiled: string[];
beforeEach(() => {
  runtime = new ToyStore();
  const toy = toyBackend(runtime, toyTable(runtime));
  compiled = [];
  const disposed = (name: string): void => void compiled.push(`-${name}`);
  backend = Object.assign(Object.create(toy) as Backend, {
    capabilities: toy.capabilities,
    dispose: () => toy.dispose(),
    compile: async (...[graph, parameters, options]: Parameters<Backend["compile"]>) => {
      const name = graph.inputs[0].shape.join("×");
      compiled.push(name);
      const executable = await toy.compile(graph, parameters, options);
      return Object.assign(Object.create(executable) as typeof executable, {
        run: executable.run.bind(executable),
        dispose: () => executable.dispose().then(() => disposed(name)),
      });
    },
  });
});
const x = float32([2], [-1, 3]);
const settle = (): Promise<void> => new Promise((done) => void setTimeout(done));

test("an operation is evaluated on tensors, lists of them and attributes", async () => {
  expect((await evaluate(backend, "relu", { x })).data).toEqual(new Float32Array([0, 3]));
  expect((await evaluate(backend, "concat", { xs: [x, x] }, { axis: 0 })).data).toEqual(
    new Float32Array([-1, 3, -1, 3]),
  );
  expect((await evaluate(backend, "clip", { x }, { max: 1 })).data).toEqual(new Float32Array([-1, 1]));
});

test("the same operation, shapes and attributes are compiled once, however they are written", async () => {
  await Promise.all([evaluate(backend, "clip", { x }), evaluate(backend, "clip", { x }, { min: -Infinity })]);
  await evaluate(backend, "clip", { x }, { max: undefined });
  expect(compiled).toEqual(["2"]);
  await evaluate(backend, "clip", { x }, { max: 2 });
  await evaluate(backend, "clip", { x: float32([2, 1], [1, 2]) });
  expect(compiled).toEqual(["2", "2", "2×1"]);
});

test("attributes that differ only in the sign of 0 are distinguished", async () => {
  const image = float32([1, 1, 1, 1]);
  const padded = (value: number): Promise<Tensor> =>
    evaluate(backend, "pad2d", { x: image }, { pads: [1, 0, 0, 0], value });
  expect((await padded(0)).data[0]).toBe(0);
  expect((await padded(-0)).data[0]).toBe(-0);
});

test("a refused operation is refused again and is not cached", async () => {
  await evaluate(backend, "clip", { x }, { max: Infinity });
  const bad = { max: "Infinity" } as never;
  expect((await rejection(evaluate(backend, "clip", { x }, bad))).code).toBe("INVALID_ATTRIBUTE");
  for (let i = 0; i < 2; i += 1) {
    expect((await rejection(evaluate(backend, "gelu", { x }))).code).toBe("UNSUPPORTED");
  }
  expect(compiled).toEqual(["2", "2", "2"]);
  expect((await rejection(evaluate(backend, "add", { a: x, b: float32([3]) }))).code).toBe("INVALID_SHAPE");
});

const length = (n: number): Promise<Tensor> => evaluate(backend, "relu", { x: float32([n]) });

test("of more than 64 the least recently used is disposed", async () => {
  for (let n = 1; n <= 64; n += 1) await length(n);
  await length(1);
  compiled.length = 0;
  await length(65);
  await settle();
  expect(compiled).toEqual(["65", "-2"]);
  await length(1);
  await length(2);
  await settle();
  expect(compiled.slice(2)).toEqual(["2", "-3"]);
});

test("a hundred at once all succeed, though most are evicted before they run", async () => {
  const results = await Promise.all(Array.from({ length: 100 }, (_, n) => length(n + 1)));
  expect(results.map(({ data }) => data.length)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  await settle();
  expect(compiled.filter((name) => name.startsWith("-"))).toHaveLength(36);
});

test("an evicted compilation that fails is reported only to its caller", async () => {
  const failing = evaluate(backend, "gelu", { x });
  const others = Promise.all(Array.from({ length: 70 }, (_, n) => length(n + 1)));
  expect((await rejection(failing)).code).toBe("UNSUPPORTED");
  await others;
  await settle();
});

test("a disposed backend refuses operations, cached or not", async () => {
  await length(1);
  await backend.dispose();
  expect((await rejection(length(1))).code).toBe("DISPOSED");
  expect((await rejection(length(2))).code).toBe("DISPOSED");
});

test("a missing operand or one that is no tensor is an error, not a crash", async () => {
  const call = evaluate as (backend: unknown, op: string, inputs: unknown, attrs?: unknown) => Promise<unknown>;
  await expect(call(backend, "relu", null)).rejects.toMatchObject({ code: "INVALID_GRAPH" });
  await expect(call(backend, "concat", { xs: [undefined] }, { axis: 0 })).rejects.toMatchObject({
    code: "INVALID_FEED",
  });
  await expect(call(backend, "relu", {})).rejects.toMatchObject({ code: "INVALID_GRAPH", path: "inputs.x" });
});
