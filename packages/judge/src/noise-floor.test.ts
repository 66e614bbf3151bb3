import { float32, graphBuilder } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { referenceResults } from "./end-to-end.js";
import { endToEndComplaint } from "./end-to-end-complaint.js";
import { classNoiseFloor } from "./noise-floor.js";

it("keeps the sampled floor for float32, summed directly", () => {
  expect(classNoiseFloor(2 ** -24, { arithmetic: "f32", convAlgorithm: "direct" })).toBe(2 ** -24);
});

it("allows coarser classes and fast convolutions in proportion", () => {
  expect(classNoiseFloor(2 ** -24, { arithmetic: "tf32", convAlgorithm: "direct" })).toBe(2 ** -10);
  expect(classNoiseFloor(2 ** -24, { arithmetic: "f32", convAlgorithm: "fast" })).toBe(14 * 2 ** -24);
});

it("allows the rounding of half-precision storage where nothing is summed", async () => {
  const g = graphBuilder("selects");
  const graph = g.build({ y: g.relu({ x: g.input("x", ["N", 2]) }) });
  const references = await referenceResults(graph, {}, { x: float32([1, 2], [1 + 2 ** -12, 0.5]) });
  const stored = { y: float32([1, 2], [1, 0.5]) };
  const complaint = (arithmetic: "f32" | "f16-storage") =>
    endToEndComplaint(stored, references, { arithmetic, convAlgorithm: "direct" });
  expect(complaint("f32")).toContain("at most 0.0e+0 is right");
  expect(complaint("f16-storage")).toBeUndefined();
});
