import { createHash } from "node:crypto";
import { createBackend } from "@isoconv/backend-reference";
import { float32, isIsoconvError, uniform, type Parameters, type TensorOf } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { readSafetensors, writeSafetensors, type WeightsFile } from "@isoconv/weights";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import type { Model } from "../model.js";
import type { CheckpointOptions } from "./checkpoint-options.js";
import { checkpointCounts, loadCheckpoint } from "./load-checkpoint.js";
import { MOST_TENSORS } from "./select-tensors.js";
import { standIn } from "./stand-in.test.support.js";

const small = { height: 32, width: 32 };
const squeezenet = createModel("squeezenet1_1", { ...small, classes: 4 });
const values = initParameters(squeezenet.parameters, { seed: 1, scheme: "conformance" });

const fileOf = (tensors: Parameters, rename = (name: string) => name): WeightsFile =>
  readSafetensors(
    writeSafetensors(Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [rename(name), tensor]))),
  );

/** Shape and bytes of each tensor: vitest compares arrays of a million elements one by one, which takes seconds. */
const contents = (parameters: Parameters): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(parameters)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { shape, data }]) => {
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
        return [name, `${shape.join("×")} ${createHash("sha256").update(bytes).digest("hex")}`];
      }),
  );

const messageOf = (load: () => unknown): string => {
  try {
    load();
  } catch (error) {
    if (isIsoconvError(error)) return error.message;
    throw error;
  }
  throw new Error("the file was loaded");
};

describe("loadCheckpoint with a selection of tensors", () => {
  const ema = Object.fromEntries(Object.entries(values).map(([name, { shape }]) => [name, float32(shape)]));
  const both = {
    ...Object.fromEntries(Object.entries(values).map(([name, tensor]) => [`model.${name}`, tensor])),
    ...Object.fromEntries(Object.entries(ema).map(([name, tensor]) => [`model_ema.module.${name}`, tensor])),
    epoch: float32([1], [90]),
  };

  it("asks which of two networks to read, and reads the one with the prefix", () => {
    expect(messageOf(() => loadCheckpoint(squeezenet, fileOf(both)))).toMatch(
      /INVALID_WEIGHTS.* The names of squeezenet1_1 are below "model\." and "model_ema\.module\.": choose with the option prefix$/,
    );
    const first = loadCheckpoint(squeezenet, fileOf(both), { prefix: "model" });
    expect(contents(first.parameters)).toEqual(contents(values));
    expect(first.prefix).toBe("model.");
    const second = loadCheckpoint(squeezenet, fileOf(both), { prefix: "model_ema." });
    expect(contents(second.parameters)).toEqual(contents(ema));
    expect(second.prefix).toBe("model_ema.module.");
    expect(second.dropped).toHaveLength(Object.keys(values).length + 1);
    expect(second.dropped).toContainEqual({ name: "model.features.0.weight", why: "outside-prefix" });
    expect(checkpointCounts("squeezenet1_1", fileOf(both), { prefix: "model" })).toEqual({ classes: 4, channels: 3 });
  });

  it("leaves out and renames by globs, and says so", () => {
    const file = fileOf({ ...values, "extra.weight": float32([1]) }, (name) => name.replace("classifier.1", "head"));
    expect(messageOf(() => loadCheckpoint(squeezenet, file))).toMatch(/2 missing \("classifier\.1\.weight"/);
    const options = { ignore: ["extra.*"], rename: { "head.*": "classifier.1.*" } };
    const { parameters, ...reading } = loadCheckpoint(squeezenet, file, options);
    expect(contents(parameters)).toEqual(contents(values));
    expect(reading).toEqual({
      naming: "pytorch",
      prefix: "",
      renamed: [
        { from: "head.bias", to: "classifier.1.bias" },
        { from: "head.weight", to: "classifier.1.weight" },
      ],
      dropped: [{ name: "extra.weight", why: "ignored" }],
      fresh: [],
      adapted: [],
    });
  });

  it("advises to leave out what the network does not have", () => {
    const file = fileOf({ ...values, "projection.weight": float32([1]) });
    expect(messageOf(() => loadCheckpoint(squeezenet, file))).toMatch(
      /1 unexpected \("projection\.weight" 1\)\. Leave out what squeezenet1_1 does not have with the option ignore$/,
    );
  });

  it("refuses two tensors of one name", () => {
    const options = { rename: { "*": "classifier.1.weight" } };
    expect(messageOf(() => loadCheckpoint(squeezenet, fileOf(values), options))).toMatch(
      /INVALID_WEIGHTS.*another tensor has the new name/,
    );
  });

  it.each<[what: string, options: unknown, message: RegExp]>([
    ["an unknown option", { prefixes: "a" }, /options\.prefixes: no such option.*Did you mean "prefix"\?/],
    [
      "a prefix that no tensor has",
      { prefix: "ema" },
      /options\.prefix: no tensor.*got "ema\.". The first is "classifier/,
    ],
    ["a glob that matches nothing", { ignore: ["fc.*"] }, /options\.ignore: no tensor of the file.*got "fc\.\*"/],
    ["a rename that matches nothing", { rename: { "fc.*": "a.*" } }, /options\.rename: no tensor of the file/],
    ["a glob that is no list", { ignore: "fc.*" }, /options\.ignore: wrong value; expected a list of globs/],
    ["a list of other things", { ignore: [1] }, /options\.ignore: wrong value/],
    ["an empty prefix", { prefix: "" }, /options\.prefix: wrong value/],
    ["a list for rename", { rename: ["a"] }, /options\.rename: wrong value/],
    ["null for rename", { rename: null }, /options\.rename: wrong value/],
    ["a name that is no text", { rename: { "features.*": 1 } }, /options\.rename: wrong value/],
    ["more stars than the glob has", { rename: { features: "a.*.*" } }, /options\.rename: .*as many \*/],
    ["a channel rule that is no boolean", { adaptChannels: "sum" }, /options\.adaptChannels: wrong value/],
    ["a seed below 0", { freshHead: { seed: -1 } }, /INVALID_ATTRIBUTE: seed/],
    ["a head without a seed", { freshHead: true }, /INVALID_ATTRIBUTE/],
    ["no object", 1, /INVALID_ATTRIBUTE: loadCheckpoint options: options are not an object/],
  ])("refuses %s", (_what, options, message) => {
    const load = (): unknown => loadCheckpoint(squeezenet, fileOf(values), options as CheckpointOptions);
    expect(messageOf(load)).toMatch(message);
    expect(messageOf(load)).toMatch(/^INVALID_ATTRIBUTE/);
  });

  it.each<readonly [what: string, file: unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["bytes", new Uint8Array(8)],
    ["a promise", Promise.resolve()],
    ["a list of tensors", { tensors: [] }],
  ])("refuses %s in place of a file", (_what, file) => {
    expect(messageOf(() => loadCheckpoint(squeezenet, file as WeightsFile))).toMatch(
      /^INVALID_WEIGHTS: loadCheckpoint file: not a file of weights; expected what await readWeights/,
    );
    expect(() => checkpointCounts(squeezenet, file as WeightsFile)).toThrow(/^INVALID_WEIGHTS/);
  });

  it("reads names of every sort without a crash", () => {
    const odd = ["", ".", "..", "a.", ".a", "__proto__", "constructor.prototype", "\u0000\n", "a..b", "features", "*"];
    const names = [...odd, ...odd.map((name) => `${name}.features.0.weight`)];
    const file = standIn([...new Set(names)].map((name) => [name, [1]]));
    for (const options of [{}, { ignore: ["."] }, { prefix: "." }, { rename: { "*": "a.*" } }]) {
      expect(messageOf(() => loadCheckpoint(squeezenet, file, options))).toMatch(/^INVALID_WEIGHTS/);
    }
  });

  it("refuses a file of more tensors than any network has, at once", () => {
    const names = Array.from({ length: MOST_TENSORS + 1 }, (_, index) => [`a.b.c.${index}`, [1]] as const);
    expect(messageOf(() => loadCheckpoint(squeezenet, standIn(names)))).toMatch(
      /INVALID_WEIGHTS: loadCheckpoint file: more tensors than a checkpoint of a network has; expected at most 65536, got 65537/,
    );
  });
});

describe("a replaced head", () => {
  const backbone = Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith("features.")));
  const head = { "classifier.1.0.weight": float32([7, 512]), "classifier.1.3.bias": float32([7]) };

  it("is dropped where features cut it off, and refused where not", () => {
    const features = createModel("squeezenet1_1", { ...small, features: ["features.12"] });
    const { parameters, dropped } = loadCheckpoint(features, fileOf({ ...backbone, ...head }));
    expect(contents(parameters)).toEqual(contents(backbone));
    expect(dropped).toEqual([
      { name: "classifier.1.0.weight", why: "unused-part" },
      { name: "classifier.1.3.bias", why: "unused-part" },
    ]);
    expect(messageOf(() => loadCheckpoint(squeezenet, fileOf({ ...backbone, ...head })))).toMatch(/2 missing.*2 unexp/);
  });

  it("is dropped beside the backbone too", () => {
    const features = createModel("squeezenet1_1", { ...small, features: ["features.12"] });
    const wrapped = Object.entries(backbone).map(([name, tensor]) => [`encoder.${name}`, tensor] as const);
    const file = fileOf({ ...Object.fromEntries(wrapped), "head.0.weight": float32([7, 512]) });
    const { parameters, prefix, dropped } = loadCheckpoint(features, file);
    expect(contents(parameters)).toEqual(contents(backbone));
    expect({ prefix, dropped }).toEqual({
      prefix: "encoder.",
      dropped: [{ name: "head.0.weight", why: "outside-prefix" }],
    });
  });
});

describe("a fresh head", () => {
  it("has another number of classes than the file, from the seed, and is listed", () => {
    const model = createModel("squeezenet1_1", { ...small, classes: 7 });
    const { parameters, fresh, dropped } = loadCheckpoint(model, fileOf(values), { freshHead: { seed: 3 } });
    expect(fresh).toEqual(["classifier.1.weight", "classifier.1.bias"]);
    expect(new Set(dropped)).toEqual(new Set(fresh.map((name) => ({ name, why: "unused-part" }))));
    const drawn = contents(initParameters(model.parameters, { seed: 3 }));
    const loaded = [...contents(values)].map(([name, content]) => [
      name,
      fresh.includes(name) ? drawn.get(name) : content,
    ]);
    expect([...contents(parameters)]).toEqual(loaded);
  });

  it("is only made when asked for", () => {
    const model = createModel("squeezenet1_1", { ...small, classes: 7 });
    expect(messageOf(() => loadCheckpoint(model, fileOf(values)))).toMatch(/fits squeezenet1_1 with classes: 4$/);
  });

  it.each([
    ["resnet18", ["fc.weight", "fc.bias"]],
    ["vgg11", ["classifier.6.weight", "classifier.6.bias"]],
    ["densenet121", ["classifier.weight", "classifier.bias"]],
    ["googlenet", ["fc.weight", "fc.bias"]],
    ["convnext_tiny", ["classifier.2.weight", "classifier.2.bias"]],
  ])("of %s is %j", (name, head) => {
    const shapes = createModel(name, small).parameters.map((each) => [each.name, each.shape] as const);
    const body = shapes.filter(([each]) => !head.includes(each));
    const file = standIn([...body, [head[0] ?? "", [3, 5]]]);
    // A stand-in has no data: the error comes after the shapes were found to fit.
    expect(() => loadCheckpoint(createModel(name, { ...small, classes: 3 }), file, { freshHead: { seed: 1 } })).toThrow(
      /^the stand-in .* has no data$/,
    );
  });

  it("is refused where features cut the head off", () => {
    const features = createModel("squeezenet1_1", { ...small, features: ["features.12"] });
    expect(messageOf(() => loadCheckpoint(features, fileOf(values), { freshHead: { seed: 1 } }))).toMatch(
      /INVALID_ATTRIBUTE: "squeezenet1_1" options\.freshHead: the network has no head/,
    );
  });
});

describe("weights for RGB images", () => {
  const image = (channels: number): TensorOf<"float32"> =>
    float32([1, channels, 32, 32], uniform(5, "image", channels * 32 * 32, -1, 1));

  const logitsOf = async (model: Model, parameters: Parameters, input: TensorOf<"float32">): Promise<number[]> => {
    const backend = await createBackend();
    try {
      const executable = await backend.compile(model.graph, parameters);
      return [...(await executable.run({ input })).logits.data];
    } finally {
      await backend.dispose();
    }
  };

  it("give a network of one channel the logits of the same image in three", async () => {
    const grey = createModel("squeezenet1_1", { ...small, classes: 4, channels: 1 });
    const { parameters, adapted } = loadCheckpoint(grey, fileOf(values), { adaptChannels: true });
    expect(adapted).toEqual(["features.0.weight"]);
    expect(parameters["features.0.weight"]?.shape).toEqual([64, 1, 3, 3]);
    const { data } = image(1);
    const replicated = float32([1, 3, 32, 32], [...data, ...data, ...data]);
    const expected = await logitsOf(squeezenet, values, replicated);
    const got = await logitsOf(grey, parameters, image(1));
    got.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, 4));
  });

  it.each([4, 6])("give a network of %i channels the logits of the first three", async (channels) => {
    const wide = createModel("squeezenet1_1", { ...small, classes: 4, channels });
    const { parameters } = loadCheckpoint(wide, fileOf(values), { adaptChannels: true });
    const input = image(channels);
    const rgb = float32([1, 3, 32, 32], input.data.slice(0, 3 * 32 * 32));
    expect(await logitsOf(wide, parameters, input)).toEqual(await logitsOf(squeezenet, values, rgb));
  });

  it("are only adapted when asked for, and not where the file has the network's channels", () => {
    const grey = createModel("squeezenet1_1", { ...small, classes: 4, channels: 1 });
    expect(messageOf(() => loadCheckpoint(grey, fileOf(values)))).toMatch(/with channels: 3$/);
    const own = initParameters(grey.parameters, { seed: 2 });
    const { parameters, adapted } = loadCheckpoint(grey, fileOf(own), { adaptChannels: true });
    expect(contents(parameters)).toEqual(contents(own));
    expect(adapted).toEqual([]);
    expect(loadCheckpoint(squeezenet, fileOf(values), { adaptChannels: true }).adapted).toEqual([]);
  });

  it("are refused for two channels, and weights for one channel for three", () => {
    const two = createModel("squeezenet1_1", { ...small, classes: 4, channels: 2 });
    expect(messageOf(() => loadCheckpoint(two, fileOf(values), { adaptChannels: true }))).toMatch(
      /options\.adaptChannels: no rule for this number of channels; expected a network of 1, 3 or more channels, got 2/,
    );
    const grey = initParameters(createModel("squeezenet1_1", { classes: 4, channels: 1 }).parameters, { seed: 2 });
    expect(messageOf(() => loadCheckpoint(squeezenet, fileOf(grey), { adaptChannels: true }))).toMatch(
      /1 misshapen .*with channels: 1$/,
    );
  });
});

describe("names of timm that are not read", () => {
  it.each(["efficientnet_b0", "mobilenet_v3_large"])("are named in the error for %s", (name) => {
    const file = standIn([
      ["conv_stem.weight", [32, 3, 3, 3]],
      ["blocks.0.0.conv_dw.weight", [32, 1, 3, 3]],
      ["blocks.0.0.se.conv_reduce.weight", [8, 32, 1, 1]],
    ]);
    expect(messageOf(() => loadCheckpoint(name, file))).toMatch(
      /only mobilenetv2_100 is read: .*ε than torchvision's$/,
    );
  });
});
