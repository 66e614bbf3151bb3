import { conv2d, trace, type Module } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel } from "./create-model.js";
import { formatSummary } from "./format-summary.js";
import { modelSummary } from "./summary.js";

describe("modelSummary", () => {
  it("adds up", () => {
    const { rows, totals, inputShape } = modelSummary(createModel("resnet18"));
    expect(inputShape).toEqual(["N", 3, 224, 224]);
    expect(totals).toEqual({ parameters: 11_689_512, macs: 1_814_073_344 });
    expect(rows[0]).toEqual({
      path: "conv1",
      op: "conv2d",
      outputShape: ["N", 64, 112, 112],
      parameters: 9408,
      macs: 118_013_952,
    });
    expect(rows[1]).toMatchObject({ path: "bn1", parameters: 128, macs: 0 });
  });

  it("survives JSON", () => {
    const summary = modelSummary(createModel("d2l/lenet"));
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it("counts shared parameters once", () => {
    const shared = conv2d(1, 1, { kernelSize: 1 });
    const module: Module = (scope, x) => scope.call("conv", shared, scope.call("conv", shared, x));
    const model = createModel("d2l/lenet");
    const traced = trace(module, { name: "shared", input: { shape: model.inputShape } });
    const { rows, totals } = modelSummary({ ...model, ...traced });
    expect(rows.map((row) => row.parameters)).toEqual([2, 0]);
    expect(totals.parameters).toBe(2);
  });
});

it("formatSummary aligns a table", () => {
  expect(formatSummary(modelSummary(createModel("d2l/lenet")))).toBe(
    `
d2l/lenet, input N×1×28×28
path   op         output      parameters     MACs
─────  ─────────  ──────────  ──────────  ───────
0      conv2d     N×6×28×28          156  117,600
1      sigmoid    N×6×28×28
2      avgPool2d  N×6×14×14
3      conv2d     N×16×10×10       2,416  240,000
4      sigmoid    N×16×10×10
5      avgPool2d  N×16×5×5
6      flatten    N×400
7      linear     N×120           48,120   48,000
8      sigmoid    N×120
9      linear     N×84            10,164   10,080
10     sigmoid    N×84
11     linear     N×10               850      840
─────  ─────────  ──────────  ──────────  ───────
total                             61,706  416,520
`.trimStart(),
  );
});
