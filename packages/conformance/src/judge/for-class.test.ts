import { float32, graphBuilder } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { referenceResults } from "../end-to-end.js";
import { endToEndComplaint } from "./end-to-end-complaint.js";
import { forClass } from "./for-class.js";

const reference = { shape: [1, 2], value: Float64Array.of(1, 0), scale: 1, noiseFloor: 2 ** -24 };

it("leaves float32, summed directly, as it was sampled", () => {
  expect(forClass(reference, { arithmetic: "f32", convAlgorithm: "direct" })).toEqual(reference);
});

it("allows coarser classes and fast convolutions in proportion", () => {
  expect(forClass(reference, { arithmetic: "tf32", convAlgorithm: "direct" }).noiseFloor).toBe(2 ** -11);
  expect(forClass(reference, { arithmetic: "f32", convAlgorithm: "fast" }).noiseFloor).toBe(14 * 2 ** -24);
});

it("allows the rounding of what is stored in half precision where nothing is summed", async () => {
  const g = graphBuilder("selects");
  const graph = g.build({ y: g.relu({ x: g.input("x", ["N", 2]) }) });
  const references = await referenceResults(graph, {}, { x: float32([1, 2], [1 + 2 ** -12, 0.5]) });
  const stored = { y: float32([1, 2], [1, 0.5]) };
  const complaint = (arithmetic: "f32" | "f16-storage") =>
    endToEndComplaint(stored, references, { arithmetic, convAlgorithm: "direct" });
  expect(complaint("f32")).toContain("at most 0.0e+0 is right");
  expect(complaint("f16-storage")).toBeUndefined();
});
