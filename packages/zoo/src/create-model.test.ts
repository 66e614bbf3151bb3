import { isIsoconvError } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { createModel, type ModelOptions } from "./create-model.js";

describe("createModel", () => {
  it("takes another size and a fixed batch", () => {
    const model = createModel("resnet18", { height: 64, width: 96, batch: 4 });
    expect(model.inputShape).toEqual([4, 3, 64, 96]);
    expect(model.graph.nodes.at(-1)?.shape).toEqual([4, 1000]);
  });

  it("sizes LeNet's first linear layer for the image", () => {
    const { parameters } = createModel("d2l/lenet", { height: 32, width: 28 });
    expect(parameters.find(({ name }) => name === "7.weight")?.shape).toEqual([120, 16 * 6 * 5]);
  });

  it("ends at the requested features, with the parameters that they need", () => {
    const whole = createModel("resnet18");
    const { graph, parameters, omitted, modules } = createModel("resnet18", { features: ["layer2", "layer3.0.conv1"] });
    expect(graph.outputs).toEqual([
      { name: "layer2", value: whole.modules.get("layer2") },
      { name: "layer3.0.conv1", value: "layer3.0.conv1" },
    ]);
    expect(graph.nodes.at(-1)?.name).toBe("layer3.0.conv1");
    const names = parameters.map(({ name }) => name);
    expect(names.at(-1)).toBe("layer3.0.conv1.weight");
    expect([...parameters, ...omitted]).toEqual(whole.parameters);
    expect(whole.omitted).toEqual([]);
    expect(graph.parameters.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect([modules.has("layer2.1.relu"), modules.has("layer4")]).toEqual([true, false]);
  });

  it("keeps the order of features whose paths are integers", () => {
    const { graph } = createModel("d2l/lenet", { features: ["4", "0"] });
    expect(graph.outputs.map(({ name }) => name)).toEqual(["4", "0"]);
  });

  it("names the source of a model, and is frozen", () => {
    const model = createModel("resnet18");
    expect(model).toMatchObject({ name: "resnet18", family: "resnet", classes: 1000, source: { year: 2015 } });
    expect(Object.isFrozen(model)).toBe(true);
  });

  it.each<[string, ModelOptions, RegExp]>([
    ["resnet81", {}, /INVALID_ATTRIBUTE: name: no such model.*got "resnet81". Did you mean "resnet18"\?/],
    ["LeNet", {}, /Did you mean "d2l\/lenet"\?/],
    ["", {}, /There are d2l\/lenet, /],
    ["resnet18", { classes: 0 }, /INVALID_ATTRIBUTE: "resnet18" options.classes: .*expected an integer ≥ 1, got 0/],
    ["resnet18", { classes: 2.5 }, /INVALID_ATTRIBUTE: "resnet18" options.classes/],
    ["resnet18", { channels: 0 }, /INVALID_ATTRIBUTE: "resnet18" options.channels/],
    ["resnet18", { width: Number.NaN }, /INVALID_ATTRIBUTE: "resnet18" options.width/],
    [
      "d2l/lenet",
      { height: 11 },
      /INVALID_SHAPE: "d2l\/lenet" options.height: the input is too small.*at least 12×12, got 11/,
    ],
    [
      "resnet18",
      { features: ["layer5"] },
      /INVALID_ATTRIBUTE: "resnet18" options.features: no such module; expected one of conv1, bn1, relu, maxpool, layer1, .*fc, got "layer5". Did you mean "layer1"\?/,
    ],
    ["resnet18", { features: ["layer3.2"] }, /expected one of layer3\.0, layer3\.1, got "layer3\.2"/],
    ["resnet18", { features: "layer3" as never }, /options.features: .*expected a list of strings, got "layer3"/],
    ["resnet18", { num_classes: 2 } as never, /options.num_classes: no such option.*Did you mean "classes"\?/],
    ["resnet18", { classes: null } as never, /options.classes: .*expected an integer ≥ 1, got null/],
    ["resnet18", { classes: "2" } as never, /options.classes: .*got "2"/],
    ["googlenet", { transformInput: "false" } as never, /options.transformInput: .*expected true or false/],
    ["resnet18", null as never, /options: options are not an object/],
    ["resnet18", { features: [] }, /no outputs; expected at least one/],
    [
      "resnet18",
      { auxiliary: true },
      /INVALID_ATTRIBUTE: "resnet18" options.auxiliary: the network has no such option/,
    ],
    ["resnet18", { batch: -1 }, /INVALID_SHAPE: "input" shape\[0\]/],
  ])("%j with %j", (name, options, message) => {
    let error: unknown;
    try {
      createModel(name, options);
    } catch (thrown) {
      error = thrown;
    }
    expect(isIsoconvError(error)).toBe(true);
    expect(String(error)).toMatch(message);
  });
});
