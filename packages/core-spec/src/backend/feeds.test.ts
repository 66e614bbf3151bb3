import { expect, test } from "vitest";
import { graphBuilder } from "../graph/builder.js";
import { shapesOf } from "../graph/graph.js";
import { refusal } from "../op-cases.test.support.js";
import { float32 } from "../tensor.js";
import type { Feeds } from "./backend.js";
import { bindFeeds, emptyResults } from "./feeds.js";

const g = graphBuilder("net");
const a = g.input("a", ["N", 2]);
const b = g.input("b", ["N"]);
const c = g.input("c", [3]);
const graph = g.build({ a, c });
void b;
const good = { a: float32([4, 2]), b: float32([4]), c: float32([3], [1, 2, 3]) };

test("feeds are copied in the order of the inputs, with their common batch", () => {
  const bound = bindFeeds(graph, { c: good.c, b: good.b, a: good.a });
  expect(bound.batch).toBe(4);
  expect([...bound.tensors.keys()]).toEqual(["a", "b", "c"]);
  expect(bound.tensors.get("c")).toEqual(good.c);
  expect(bound.tensors.get("c")!.data).not.toBe(good.c.data);
});

test("a graph without symbolic batch has batch 1", () => {
  const h = graphBuilder("fixed");
  expect(bindFeeds(h.build({ x: h.input("x", [5]) }), { x: float32([5]) }).batch).toBe(1);
});

test("an empty batch is a batch", () => {
  expect(bindFeeds(graph, { ...good, a: float32([0, 2]), b: float32([0]) }).batch).toBe(0);
});

test("a view of a larger buffer, or of shared memory, is copied without the rest of the buffer", () => {
  const view = new Float32Array(new SharedArrayBuffer(40), 8, 3).fill(5);
  const { data } = bindFeeds(graph, { ...good, c: float32([3], view) }).tensors.get("c")!;
  expect(data).toEqual(new Float32Array([5, 5, 5]));
  expect(data.buffer.byteLength).toBe(12);
});

const buffer = new ArrayBuffer(12);
const detached = float32([3], new Float32Array(buffer));
structuredClone(buffer, { transfer: [buffer] });
const path = (name: string): string => `feeds["${name}"]`;

test.each<readonly [string, unknown, string, string]>([
  ["no object", 3, "INVALID_FEED", "feeds"],
  ["null", null, "INVALID_FEED", "feeds"],
  ["a missing input", { a: good.a, b: good.b }, "INVALID_FEED", path("c")],
  ["an input that is null", { ...good, c: null }, "INVALID_FEED", path("c")],
  ["an inherited input", Object.create(good), "INVALID_FEED", path("a")],
  ["an extra input", { ...good, d: good.c }, "INVALID_FEED", path("d")],
  [
    "another dtype",
    { ...good, c: { dtype: "int32", shape: [3], data: new Int32Array(3) } },
    "INVALID_DTYPE",
    path("c"),
  ],
  ["data of another type", { ...good, c: { ...good.c, data: [1, 2, 3] } }, "INVALID_DTYPE", path("c")],
  ["data in double precision", { ...good, c: { ...good.c, data: new Float64Array(3) } }, "INVALID_DTYPE", path("c")],
  ["another shape", { ...good, c: float32([4]) }, "INVALID_FEED", path("c")],
  ["another rank", { ...good, c: float32([3, 1]) }, "INVALID_FEED", path("c")],
  ["no shape", { ...good, c: { ...good.c, shape: undefined } }, "INVALID_FEED", path("c")],
  ["a negative batch", { ...good, a: { ...good.a, shape: [-4, 2] } }, "INVALID_FEED", path("a")],
  ["half a batch", { ...good, a: { ...float32([1]), shape: [0.5, 2] } }, "INVALID_FEED", path("a")],
  ["a symbolic batch", { ...good, a: { ...good.a, shape: ["N", 2] } }, "INVALID_FEED", path("a")],
  ["too little data", { ...good, c: { ...good.c, data: new Float32Array(2) } }, "INVALID_FEED", path("c")],
  ["a transferred buffer", { ...good, c: detached }, "INVALID_FEED", path("c")],
  ["batches that disagree", { ...good, b: float32([3]) }, "INVALID_FEED", path("b")],
])("feeds with %s are refused", (_what, feeds, code, where) => {
  expect(refusal(() => bindFeeds(graph, feeds as Feeds))).toEqual({ code, path: where });
});

test("results are empty when every output is", () => {
  expect(emptyResults(graph, shapesOf(graph), 0)).toBeUndefined();
  const h = graphBuilder("net");
  const x = h.input("x", ["N", 2]);
  const all = h.build({ x, y: h.relu({ x }) });
  expect(emptyResults(all, shapesOf(all), 0)).toEqual({ x: float32([0, 2]), y: float32([0, 2]) });
  expect(emptyResults(all, shapesOf(all), 1)).toBeUndefined();
});
