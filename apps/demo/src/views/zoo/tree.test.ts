import { createModel, modelSummary } from "@isoconv/zoo";
import { expect, it } from "vitest";
import { depthOf, readableDepth, treeLines } from "./tree.js";

const { children } = modelSummary(createModel("resnet18"));
const linesAt = (depth: number, turned: readonly string[] = []): readonly string[] =>
  treeLines(children, depth, new Set(turned)).map(({ entry }) => entry.path);

it("a tree shows the requested number of levels", () => {
  expect(linesAt(1)).toHaveLength(children.length);
  expect(depthOf(children)).toBe(4);
  expect(linesAt(4)).toContain("layer2.0.downsample.0");
});

it("a click closes an open module and opens a closed one", () => {
  expect(linesAt(2)).toContain("layer1.0");
  expect(linesAt(2, ["layer1"])).not.toContain("layer1.0");
  expect(linesAt(1, ["layer1"])).toContain("layer1.0");
});

it("a line's name is the last part of its path", () => {
  const line = treeLines(children, 4, new Set()).find(({ entry }) => entry.path === "layer1.0.conv1");
  expect(line).toMatchObject({ name: "conv1", level: 2 });
});

it("a tree opens to the deepest level that is still readable", () => {
  expect(readableDepth(children)).toBe(2);
  expect(readableDepth(modelSummary(createModel("d2l/lenet")).children)).toBe(1);
});
