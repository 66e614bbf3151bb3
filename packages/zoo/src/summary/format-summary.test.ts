import { trace, type Module } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { formatSummary } from "./format-summary.js";
import { modelSummary } from "./model-summary.js";

describe("formatSummary", () => {
  it("aligns a table", () => {
    expect(formatSummary(modelSummary(createModel("d2l/lenet")))).toBe(
      `
d2l/lenet, input N×1×28×28
layer  op         output      parameters     MACs  activations  field  stride
─────  ─────────  ──────────  ──────────  ───────  ───────────  ─────  ──────
0      conv2d     N×6×28×28          156  117,600     18.4 KiB      5       1
1      sigmoid    N×6×28×28                           18.4 KiB      5       1
2      avgPool2d  N×6×14×14                           4.59 KiB      6       2
3      conv2d     N×16×10×10       2,416  240,000     6.25 KiB     14       2
4      sigmoid    N×16×10×10                          6.25 KiB     14       2
5      avgPool2d  N×16×5×5                            1.56 KiB     16       4
6      flatten    N×400                               1.56 KiB    all       –
7      linear     N×120           48,120   48,000        480 B    all       –
8      sigmoid    N×120                                  480 B    all       –
9      linear     N×84            10,164   10,080        336 B    all       –
10     sigmoid    N×84                                   336 B    all       –
11     linear     N×10               850      840         40 B    all       –
─────  ─────────  ──────────  ──────────  ───────  ───────────  ─────  ──────
total                             61,706  416,520     58.6 KiB
Parameters take 241 KiB; activations of one image 36.8 KiB at a time, at 1.
field: pixels of the image, along a side, that one element sees; stride: from one element to the next.
`.trimStart(),
    );
  });

  it("shows modules as a tree", () => {
    const text = formatSummary(modelSummary(createModel("resnet18")), { depth: 3 });
    const labels = text.split("\n").map((line) => line.slice(0, 18).trimEnd());
    const at = labels.indexOf("layer2");
    expect(labels.slice(at, at + 10)).toEqual([
      "layer2",
      "├─ 0",
      "│  ├─ conv1",
      "│  ├─ bn1",
      "│  ├─ relu",
      "│  ├─ conv2",
      "│  ├─ bn2",
      "│  ├─ downsample",
      "│  ├─ add",
      "│  └─ relu_1",
    ]);
  });

  it("writes Markdown with full paths", () => {
    const lines = formatSummary(modelSummary(createModel("resnet18")), { format: "markdown", depth: 2 }).split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "**resnet18**, input N×3×224×224",
      "",
      "| layer | op | output | parameters | MACs | activations | field | stride |",
      "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |",
      "| `conv1` | conv2d | N×64×112×112 | 9,408 | 118,013,952 | 3.06 MiB | 7 | 2 |",
    ]);
    expect(lines).toContain("| `layer4.1` |  | N×512×7×7 | 4,720,640 | 231,211,008 | 686 KiB | 435 | 32 |");
    expect(lines).toContain("| **total** |  |  | 11,689,512 | 1,814,073,344 | 31.4 MiB |  |  |");
  });

  it("shows height and width separately where they differ", () => {
    const row: Module = (scope, x) => scope.graph.maxPool2d({ x }, { kernel: [1, 5], strides: [1, 2] }, "pool");
    const model = createModel("d2l/lenet");
    const traced = trace(row, { name: "row", input: { shape: model.inputShape } });
    expect(formatSummary(modelSummary({ ...model, ...traced }))).toMatch(/pool +maxPool2d +\S+ +\S+ KiB +1×5 +1×2\n/);
  });
});
