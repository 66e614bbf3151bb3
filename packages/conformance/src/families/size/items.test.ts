import { bindShape, elementCount, opNames } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { planConformance } from "../../plan/plan.js";

const { cases } = planConformance({ filter: ["op/*/size/items-*"] });
const many = cases.flatMap((each) => (each.family === "size" ? [each] : []));

test("every operation has large batches but those whose results are much smaller than their operands", () => {
  const without = opNames.filter((op) => !many.some(({ ops }) => ops.includes(op)));
  expect(without).toEqual(["globalAvgPool2d", "adaptiveAvgPool2d"]);
});

test.each(many)("$id ends with an odd number of elements, after a number without remainder", ({ network, history }) => {
  const [{ shape }] = network.graph.nodes;
  const counts = history.flatMap((step) => (step.kind === "run" && step.items ? [step.items.count] : []));
  const elements = counts.map((count) => elementCount(bindShape(shape, count)));
  expect(elements.at(-1)! % 2).toBe(1);
  expect(elements.some((count) => count % 64 === 0)).toBe(true);
});
