import { initParameters } from "@isoconv/nn";
import { readSafetensors, writeSafetensors, type WeightsFile } from "@isoconv/weights";
import { describe, expect, it } from "vitest";
import { createModel, type ModelOptions } from "../create-model.js";
import { checkpointCounts, loadCheckpoint } from "./load-checkpoint.js";
import { recogniseCheckpoint } from "./recognise-checkpoint.js";
import { standIn } from "./stand-in.test.support.js";

/** A file that fits the model, without data. */
const fileOf = (name: string, options: ModelOptions = {}, rename = (key: string) => key): WeightsFile =>
  standIn(createModel(name, options).parameters.map(({ name: key, shape }) => [rename(key), shape]));

const messageOf = (name: string, file: WeightsFile, options: ModelOptions = {}): string => {
  try {
    loadCheckpoint(createModel(name, options), file);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("the file was loaded");
};

describe("loadCheckpoint", () => {
  const model = createModel("d2l/lenet");
  const values = initParameters(model.parameters, { seed: 1 });

  it("gives the values of the file under the network's names", () => {
    const wrapped = Object.fromEntries(Object.entries(values).map(([name, tensor]) => [`module.${name}`, tensor]));
    const { parameters, ...reading } = loadCheckpoint(model, readSafetensors(writeSafetensors(wrapped)));
    expect(parameters).toEqual(values);
    expect(reading).toEqual({ naming: "pytorch", prefix: "module.", renamed: [], dropped: [], fresh: [], adapted: [] });
  });

  it("leaves out parameters that the requested features do not need", () => {
    const features = createModel("d2l/lenet", { features: ["5"] });
    const { parameters } = loadCheckpoint(features, readSafetensors(writeSafetensors(values)));
    expect(Object.keys(parameters)).toEqual(["0.weight", "0.bias", "3.weight", "3.bias"]);
  });

  it("accepts a name, for the network with its defaults", () => {
    expect(loadCheckpoint("d2l/lenet", readSafetensors(writeSafetensors(values))).parameters).toEqual(values);
    expect(() => loadCheckpoint("resnet81", standIn([]))).toThrow(/no such model.*Did you mean "resnet18"/);
  });
});

describe("a checkpoint that does not fit", () => {
  it("gets an error that names its network and five tensors that differ", () => {
    expect(messageOf("resnet18", fileOf("resnet34"))).toBe(
      'INVALID_WEIGHTS: "resnet18" parameters: the file does not fit the network: 80 unexpected ' +
        '("layer1.2.conv1.weight" 64×64×3×3 | "layer1.2.bn1.weight" 64 | "layer1.2.bn1.bias" 64 | ' +
        '"layer1.2.bn1.running_mean" 64 | "layer1.2.bn1.running_var" 64 | …). The file looks like resnet34',
    );
  });

  it("is recognised by shapes where the names are the same", () => {
    expect(messageOf("resnet50", fileOf("wide_resnet50_2"))).toMatch(
      /misshapen \("layer1\.0\.conv1\.weight" expected 64×64×1×1, got 128×64×1×1.*looks like wide_resnet50_2$/,
    );
  });

  it("is recognised under another library's names, classes and channels", () => {
    const legacy = (key: string): string => key.replace(/(norm|conv)([12])\./, "$1.$2.");
    expect(messageOf("resnet18", fileOf("densenet169", { classes: 10, channels: 1 }, legacy))).toMatch(
      /102 missing .*\. The file looks like densenet169 with classes: 10, channels: 1$/,
    );
  });

  it("gets a hint for the option to set when only the classes or channels differ", () => {
    expect(messageOf("resnet18", fileOf("resnet18", { classes: 10 }))).toMatch(
      /2 misshapen \("fc\.weight" expected 1000×512, got 10×512.*\. The file fits resnet18 with classes: 10$/,
    );
    expect(messageOf("resnet18", fileOf("resnet18"), { classes: 10, channels: 1 })).toMatch(
      /3 misshapen .*\. The file fits resnet18 with classes: 1000, channels: 3$/,
    );
  });

  it("gets a hint for the image size that fits, where linear layers depend on it", () => {
    expect(messageOf("d2l/lenet", fileOf("d2l/lenet"), { height: 32, width: 32 })).toMatch(
      /1 misshapen .*\. The file looks like d2l\/lenet with height: 28, width: 28$/,
    );
  });

  it("is of no network when its names match none", () => {
    const message = messageOf("d2l/lenet", standIn([["surprise", [1]]]));
    expect(message).toMatch(/10 missing .*; 1 unexpected \("surprise" 1\)$/);
  });

  it("has tensors of the right names and shapes but no floats", () => {
    const whole = [...fileOf("d2l/lenet").tensors].map(
      ([name, tensor]) => [name, { ...tensor, dtype: "I32" }] as const,
    );
    expect(messageOf("d2l/lenet", { metadata: {}, tensors: new Map(whole) })).toMatch(/10 not floating-point .*\)$/);
  });
});

describe("checkpointCounts", () => {
  it("reads classes and channels from a file of the network", () => {
    expect(checkpointCounts("resnet18", fileOf("resnet18", { classes: 7, channels: 1 }))).toEqual({
      classes: 7,
      channels: 1,
    });
    expect(checkpointCounts("d2l/nin", fileOf("d2l/nin", { classes: 100 }))).toEqual({ classes: 100, channels: 1 });
    expect(checkpointCounts(createModel("resnet18", { channels: 1 }), fileOf("resnet18"))).toEqual({
      classes: 1000,
      channels: 3,
    });
  });

  it("is undefined for another network's file, and for tensors without elements", () => {
    expect(checkpointCounts("resnet18", fileOf("resnet34"))).toBeUndefined();
    const empty = [...fileOf("resnet18").tensors].map(([name, { shape }]) => [name, shape.map(() => 0)] as const);
    expect(checkpointCounts("resnet18", standIn(empty))).toBeUndefined();
  });
});

describe("recogniseCheckpoint", () => {
  it.each(["d2l/resnet18", "alexnet", "vgg11_bn", "googlenet", "resnext50_32x4d", "squeezenet1_0", "mobilenet_v2"])(
    "finds only %s",
    (name) => {
      expect(recogniseCheckpoint(fileOf(name)).map(({ model }) => model)).toEqual([name]);
    },
  );

  it("finds nothing for an empty file", () => {
    expect(recogniseCheckpoint(standIn([]))).toEqual([]);
  });
});
