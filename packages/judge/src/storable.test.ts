import { float32, graphBuilder } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { storable, store } from "./storable.js";

const g = graphBuilder("one");
const x = g.input("x", [2]);
const graph = g.build({ y: g.mul({ a: x, b: g.parameter("p", [2]) }) });
const fine = 1 + 2 ** -12;
const network = { graph, parameters: { p: float32([2], [fine, 2]) }, feeds: { x: float32([2], [fine, 2 ** 17]) } };

test("float32 classes store a network unchanged", () => {
  expect(storable(network, "f32")).toBe(network);
  expect(storable(network, "tf32")).toBe(network);
});

test("half-precision classes store numbers rounded to half precision", () => {
  const { parameters, feeds } = storable(network, "f16-storage");
  expect(parameters["p"]?.data).toEqual(Float32Array.of(1, 2));
  expect(feeds["x"]?.data).toEqual(Float32Array.of(1, Infinity));
  expect(store(Float64Array.of(fine), "f16")).toEqual(Float32Array.of(1));
  expect(store(Float64Array.of(1 + 2 ** -30, fine), "f32")).toEqual(Float32Array.of(1, fine));
});
