import { conv2d, parameterCount, trace, type Module } from "@isoconv/nn";
import { graphCost } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { models } from "../models.js";
import { collapseSummary, modelSummary, type SummaryEntry } from "./model-summary.js";

function allEntries(entries: readonly SummaryEntry[]): readonly SummaryEntry[] {
  return entries.flatMap((entry) => [entry, ...allEntries(entry.children)]);
}

describe("modelSummary", () => {
  const resnet18 = modelSummary(createModel("resnet18"));

  it("adds up the network's figures", () => {
    expect(resnet18).toMatchObject({ name: "resnet18", inputShape: ["N", 3, 224, 224], batch: 1 });
    expect(resnet18.totals).toEqual({
      parameters: 11_689_512,
      buffers: 9_600,
      parameterBytes: 46_758_048,
      macs: 1_814_073_344,
      activationBytes: 32_923_552,
      // The stem's convolution and the batch norm after it, each 64×112×112.
      peakActivations: { bytes: 6_422_528, at: "bn1" },
    });
  });

  it("describes a node", () => {
    expect(resnet18.children[0]).toEqual({
      path: "conv1",
      op: "conv2d",
      outputShape: ["N", 64, 112, 112],
      parameters: 9408,
      buffers: 0,
      macs: 118_013_952,
      activationBytes: 3_211_264,
      receptiveField: [7, 7],
      stride: [2, 2],
      children: [],
    });
    expect(resnet18.children[1]).toMatchObject({ path: "bn1", parameters: 128, buffers: 128, macs: 0 });
  });

  it("describes a module's result, and adds up its nodes", () => {
    const layer4 = resnet18.children.find(({ path }) => path === "layer4")!;
    expect(layer4).toMatchObject({
      op: null,
      outputShape: ["N", 512, 7, 7],
      receptiveField: [435, 435],
      stride: [32, 32],
    });
    expect(layer4.children.map(({ path }) => path)).toEqual(["layer4.0", "layer4.1"]);
    expect(layer4.children[0].children.map(({ path }) => path)).toContain("layer4.0.downsample");
  });

  it.each(models.map(({ name }) => name))("adds up at every level of %s", (name) => {
    const model = createModel(name);
    const { children, totals } = modelSummary(model);
    const sum = (
      entries: readonly SummaryEntry[],
      key: "parameters" | "buffers" | "macs" | "activationBytes",
    ): number => entries.reduce((total, entry) => total + entry[key], 0);
    for (const { path, children: inside, ...entry } of allEntries(children)) {
      if (inside.length > 0) expect({ path, macs: sum(inside, "macs") }).toEqual({ path, macs: entry.macs });
      if (inside.length > 0) expect(sum(inside, "parameters")).toBe(entry.parameters);
    }
    expect(totals.parameters).toBe(parameterCount(model.parameters));
    expect(totals.macs).toBe(graphCost(model.graph).macs);
    expect(totals.activationBytes).toBe(graphCost(model.graph).bytesWritten);
    expect(sum(children, "buffers")).toBe(totals.buffers);
  });

  it("counts for a batch, and for the batch a network is built for", () => {
    const [one, many] = [1, 8].map((batch) => modelSummary(createModel("d2l/lenet"), { batch }));
    expect(many.totals.macs).toBe(8 * one.totals.macs);
    expect(many.totals.parameters).toBe(one.totals.parameters);
    expect(many.totals.peakActivations.bytes).toBe(8 * one.totals.peakActivations.bytes);
    const fixed = modelSummary(createModel("d2l/lenet", { batch: 8 }));
    expect({ batch: fixed.batch, macs: fixed.totals.macs }).toEqual({ batch: 8, macs: many.totals.macs });
  });

  it("refuses an invalid batch", () => {
    expect(() => modelSummary(createModel("d2l/lenet"), { batch: 0 })).toThrow(/INVALID_ATTRIBUTE: .*options\.batch/);
  });

  it("survives JSON", () => {
    expect(JSON.parse(JSON.stringify(resnet18))).toEqual(resnet18);
  });

  it("counts shared parameters once", () => {
    const shared = conv2d(1, 1, { kernelSize: 1 });
    const module: Module = (scope, x) => scope.call("conv", shared, scope.call("conv", shared, x));
    const model = createModel("d2l/lenet");
    const traced = trace(module, { name: "shared", input: { shape: model.inputShape } });
    const { children, totals } = modelSummary({ ...model, ...traced });
    expect(children.map(({ parameters }) => parameters)).toEqual([2, 0]);
    expect(totals.parameters).toBe(2);
  });
});

it("collapseSummary hides deeper levels and keeps the figures", () => {
  const summary = modelSummary(createModel("resnet18"));
  const collapsed = collapseSummary(summary, 2);
  expect(collapsed.totals).toEqual(summary.totals);
  expect(allEntries(collapsed.children).map(({ path }) => path)).toEqual(
    "conv1 bn1 relu maxpool layer1 layer1.0 layer1.1 layer2 layer2.0 layer2.1 layer3 layer3.0 layer3.1 layer4 layer4.0 layer4.1 avgpool flatten fc".split(
      " ",
    ),
  );
});
