import { describe, expect, it } from "vitest";
import * as nn from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { analyse } from "./analyse.js";
import { layerTable } from "./layer-table.js";
import { ownModel } from "./own-model.js";

const lenet = `{
  input: [1, 28, 28],
  layers: [
    { conv2d: { outChannels: 6, kernelSize: 5, padding: 2 } }, "sigmoid", { avgPool2d: { kernelSize: 2 } },
    { conv2d: { outChannels: 16, kernelSize: 5 } }, "sigmoid", { avgPool2d: { kernelSize: 2 } },
    "flatten", { linear: { outFeatures: 120 } }, "sigmoid", { linear: { outFeatures: 84 } }, "sigmoid",
    { linear: { outFeatures: 10 } },
  ],
}`;

const of = (layers: string, input = "[3, 8, 8]"): string => `{ input: ${input}, layers: ${layers} }`;

describe("a text", () => {
  it("builds the same network as the zoo", () => {
    const [own, zoo] = [ownModel(lenet), createModel("d2l/lenet")];
    expect(own.graph.nodes).toEqual(zoo.graph.nodes);
    expect(own.parameters).toEqual(zoo.parameters);
    expect(own.classes).toBe(10);
  });

  it("may have blocks with a shortcut and branches", () => {
    const conv = `{ conv2d: { outChannels: 3, kernelSize: 3, padding: "same" } }`;
    const { lines, totals } = analyse(
      of(`[{ residual: { main: [${conv}, "relu"] } }, { concat: { branches: [[${conv}], ["identity"]] } }]`),
    );
    expect(lines.map(({ path }) => path)).toEqual([
      "0",
      "0.main",
      "0.main.0",
      "0.main.1",
      "0.add",
      "1",
      "1.0",
      "1.0.0",
      "1.cat",
    ]);
    expect(lines.at(-1)?.outputShape).toEqual(["N", 6, 8, 8]);
    expect(totals?.parameters).toBe(2 * (3 * 3 * 9 + 3));
  });
});

it("every layer of @isoconv/nn is in the table", () => {
  const isMadeOfLayers = (name: string): boolean => ["sequential", "trace"].includes(name);
  const isOther = (name: string): boolean =>
    /^(init|kaiming|xavier|uniform|normal|constant|random|schemes|lazy)/.test(name);
  const isFigure = (name: string): boolean => /(Pads|Parameters|Spec|Of|Count)$/.test(name);
  const names = Object.keys(nn).filter((name) => !isMadeOfLayers(name) && !isOther(name) && !isFigure(name));
  expect(Object.keys(layerTable).toSorted()).toEqual(names.toSorted());
});

describe("a network that is too large for the page", () => {
  it.each([
    ['["flatten", { linear: { outFeatures: 1000000 } }, "relu"]', 3, /"1": 737 MiB of parameters/],
    ['["relu", { upsample: { scaleFactor: 1000 } }]', 2, /"1": 733 MiB of activations/],
  ])("is refused at its largest layer, with all of them on view: %s", (layers, count, message) => {
    const { fault, lines } = analyse(of(layers));
    expect(fault).toMatchObject({ layer: 1, error: { code: "OUT_OF_MEMORY" } });
    expect(fault?.error.message).toMatch(message);
    expect(lines).toHaveLength(count);
  });

  it("shows the first of very many layers", () => {
    const { lines, omitted, totals, fault } = analyse(of(`[${'"relu",'.repeat(1200)}]`));
    expect({ shown: lines.length, omitted, fault }).toEqual({ shown: 1000, omitted: 200, fault: undefined });
    expect(totals?.activationBytes).toBe(1200 * 3 * 8 * 8 * 4);
  });
});

describe("a fault", () => {
  it.each([
    ['["reloo"]', /"0": no such layer, got "reloo"|no such layer.*Did you mean "relu"/],
    ["[{ conv2d: { outChannels: 4, kernel: 3 } }]", /no such attribute.*Did you mean "kernelSize"/],
    ["[{ conv2d: { outChannels: 4 } }]", /conv2d "0" kernelSize: missing/],
    ['[{ conv2d: { outChannels: "4", kernelSize: 3 } }]', /conv2d "0" outChannels: .*expected a number, got "4"/],
    ["[{ conv2d: { outChannels: 4, kernelSize: 0 } }]", /conv2d "0" kernelSize/],
    ["[{ relu: { a: 1 } }]", /It takes no attributes/],
    ["[7]", /expected a layer/],
    ["[]", /layers/],
    ['["flatten", { conv2d: { outChannels: 4, kernelSize: 3 } }]', /conv2d "1"/],
    ["[{ residual: { main: [{ linear: { outFeatures: 2 } }] } }]", /the shortcut does not fit/],
  ])("in %s says what and where", (layers, message) => {
    expect(analyse(of(layers)).fault?.error.message).toMatch(message);
    expect(() => ownModel(of(layers))).toThrow(message);
  });

  it("keeps the layers before it", () => {
    const text = of('["relu", "flatten", { softmax: { dim: 5 } }, "relu"]');
    const { lines, fault, totals, input } = analyse(text);
    expect(lines.map(({ does }) => does)).toEqual(["relu", "flatten"]);
    expect(fault).toMatchObject({ layer: 2, at: text.indexOf("{ softmax") });
    expect(totals).toBeUndefined();
    expect(input).toEqual({ channels: 3, height: 8, width: 8 });
  });

  it("inside a block is reported for the layer that contains it", () => {
    const text = of('["relu", { residual: { main: ["relu", "rleu"] } }]');
    expect(analyse(text).fault).toMatchObject({ layer: 1, at: text.indexOf('"rleu"') });
  });

  it("of the whole network belongs to no layer", () => {
    expect(analyse("{ input: [1, 28], layers: [] }").fault?.layer).toBeUndefined();
    expect(analyse(of('["relu"]', "[1, 28, 100000]")).fault?.error.message).toMatch(/input\[2\]/);
    expect(analyse(of('["relu"]', "[7, 28, 28]")).fault?.error.message).toMatch(/input\[0\]: .*expected 1 or 3, got 7/);
  });
});
