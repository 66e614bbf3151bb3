import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { models } from "../models.js";
import { isNoParameter } from "./dropped.js";
import { completePrefixes, readNames } from "./read-names.js";

/** Name in the file → name in the network; dropped names by reason. */
const read = (needed: readonly string[], given: readonly string[], unused: readonly string[] = []) => {
  const reading = readNames({ needed: new Set(needed), unused: new Set(unused) }, given);
  return {
    prefix: reading.prefix,
    naming: reading.naming,
    dropped: Object.fromEntries(reading.dropped.map(({ name, why }) => [name, why])),
    names: Object.fromEntries(reading.kept.map(({ given, name }) => [given, name])),
  };
};

describe("readNames", () => {
  it("does not rename the network's own names, even if they match a naming", () => {
    const alexnet = ["features.0.weight", "classifier.1.weight", "classifier.4.weight", "classifier.6.weight"];
    expect(read(alexnet, alexnet)).toEqual({
      prefix: "",
      naming: "pytorch",
      dropped: {},
      names: Object.fromEntries(alexnet.map((name) => [name, name])),
    });
  });

  it.each([
    "module.",
    "_orig_mod.",
    "state_dict.",
    "model.",
    "net.",
    "backbone.",
    "encoder.",
    "model_ema.",
    "state_dict.module.",
    "_orig_mod.module.",
    "module.module.",
    "a_name_of_ones_own.b.",
  ])("takes off %s when all names have it", (prefix) => {
    expect(read(["fc.weight", "fc.bias"], [`${prefix}fc.weight`, `${prefix}fc.bias`])).toEqual({
      prefix,
      naming: "pytorch",
      dropped: {},
      names: { [`${prefix}fc.weight`]: "fc.weight", [`${prefix}fc.bias`]: "fc.bias" },
    });
  });

  it("takes no prefix off that the network's names have too", () => {
    expect(read(["features.0.weight", "features.3.weight"], ["features.0.weight", "features.3.weight"]).prefix).toBe(
      "",
    );
    expect(read(["0.0.weight", "0.weight"], ["0.0.weight"]).names).toEqual({ "0.0.weight": "0.0.weight" });
    // All names start with fc., but fewer are the network's without it.
    expect(read(["fc.weight", "fc.bias"], ["fc.weight", "fc.bias"]).prefix).toBe("");
  });

  it("takes a prefix off before it looks for a naming", () => {
    const given = {
      "module.classifier.1.weight": "classifier.0.weight",
      "module.classifier.4.bias": "classifier.3.bias",
    };
    expect(read(Object.values(given), Object.keys(given))).toMatchObject({
      prefix: "module.",
      naming: "legacy-vgg",
      names: given,
    });
  });

  it("takes no prefix off that only some names have", () => {
    const reading = read(["fc.weight"], ["model.fc.weight", "model_ema.fc.weight"]);
    expect(reading).toMatchObject({ prefix: "", naming: "pytorch", dropped: {} });
  });

  it("drops what is no parameter, and takes the prefix of the others off", () => {
    const foreign = [
      "epoch",
      "global_step",
      "n_averaged",
      "model.total_ops",
      "model.layer1.0.total_params",
      "optimizer.state.0.exp_avg",
      "criterion.weight",
      "model.loss_fn.weight",
      "lr_scheduler.last_epoch",
    ];
    expect(read(["fc.weight"], ["model.fc.weight", ...foreign])).toEqual({
      prefix: "model.",
      naming: "pytorch",
      dropped: Object.fromEntries(foreign.map((name) => [name, "no-parameter"])),
      names: { "model.fc.weight": "fc.weight" },
    });
    expect(read(["criterion.weight"], ["criterion.weight"]).dropped).toEqual({});
  });

  it("drops no parameter of the zoo", () => {
    const names = models.flatMap(({ name }) => createModel(name).parameters.map((parameter) => parameter.name));
    expect(names.filter(isNoParameter)).toEqual([]);
  });

  it("drops what is in an unused part, whatever it is", () => {
    const given = ["conv1.weight", "fc.0.weight", "fc.3.bias", "layer4.se.weight", "layer4.0.weight"];
    const reading = read(["conv1.weight"], given, ["fc.weight", "fc.bias", "layer4.0.weight"]);
    expect(reading.names).toEqual({ "conv1.weight": "conv1.weight" });
    expect(new Set(Object.values(reading.dropped))).toEqual(new Set(["unused-part"]));
  });

  it("keeps names for the error that are in a part in use, or in none of the network's", () => {
    const given = ["layer1.0.weight", "layer1.se.weight", "head.weight"];
    const { names, dropped } = read(["layer1.0.weight"], given, ["layer1.1.weight", "fc.weight"]);
    expect(Object.keys(names)).toEqual(given);
    expect(dropped).toEqual({});
  });

  it("takes a prefix of some names off where the head is unused, and drops the others", () => {
    const given = ["backbone.conv1.weight", "backbone.fc.weight", "head.0.weight"];
    expect(read(["conv1.weight"], given, ["fc.weight"])).toEqual({
      prefix: "backbone.",
      naming: "pytorch",
      dropped: { "head.0.weight": "outside-prefix", "backbone.fc.weight": "unused-part" },
      names: { "backbone.conv1.weight": "conv1.weight" },
    });
    // Two networks: the reader has to choose.
    const twice = read(["conv1.weight"], [...given, "ema.conv1.weight"], ["fc.weight"]);
    expect(twice).toMatchObject({ prefix: "", dropped: {} });
    expect(
      completePrefixes({ needed: new Set(["conv1.weight"]), unused: new Set() }, [...given, "ema.conv1.weight"]),
    ).toEqual(["ema.", "backbone."]);
  });

  it("drops auxiliary heads unless the network has them", () => {
    const given = ["module.fc.weight", "module.aux1.fc1.weight", "module.AuxLogits.fc.weight"];
    expect(read(["fc.weight"], given)).toEqual({
      prefix: "module.",
      naming: "pytorch",
      dropped: { "module.aux1.fc1.weight": "auxiliary-head", "module.AuxLogits.fc.weight": "auxiliary-head" },
      names: { "module.fc.weight": "fc.weight" },
    });
    const kept = read(["fc.weight", "aux1.fc1.weight"], ["fc.weight", "aux1.fc1.weight", "aux2.fc1.weight"]);
    expect(kept).toMatchObject({ naming: "pytorch", dropped: { "aux2.fc1.weight": "auxiliary-head" } });
  });

  it("takes linear time and memory on names of a million modules", () => {
    const deep = "a.".repeat(1_000_000);
    expect(read(["fc.weight"], [`${deep}fc.weight`, `${deep}fc.bias`], ["b.c"])).toMatchObject({ prefix: "" });
  });

  it("ignores counters when it looks for a naming", () => {
    expect(read(["bn.weight"], ["bn.weight", "bn.num_batches_tracked"]).naming).toBe("pytorch");
  });

  it.each([
    [
      "legacy-densenet",
      {
        "features.denseblock1.denselayer2.norm.1.weight": "features.denseblock1.denselayer2.norm1.weight",
        "features.denseblock4.denselayer16.norm.2.running_var": "features.denseblock4.denselayer16.norm2.running_var",
        "features.denseblock4.denselayer16.conv.2.weight": "features.denseblock4.denselayer16.conv2.weight",
        "features.norm5.bias": "features.norm5.bias",
        "classifier.weight": "classifier.weight",
      },
    ],
    [
      "legacy-vgg",
      {
        "features.0.weight": "features.0.weight",
        "classifier.1.weight": "classifier.0.weight",
        "classifier.4.bias": "classifier.3.bias",
        "classifier.6.bias": "classifier.6.bias",
      },
    ],
    [
      "timm-vgg",
      {
        "features.0.weight": "features.0.weight",
        "pre_logits.fc1.weight": "classifier.0.weight",
        "pre_logits.fc2.bias": "classifier.3.bias",
        "head.fc.weight": "classifier.6.weight",
      },
    ],
    [
      "timm-mobilenet-v2",
      {
        "conv_stem.weight": "features.0.0.weight",
        "bn1.running_var": "features.0.1.running_var",
        "blocks.0.0.conv_dw.weight": "features.1.conv.0.0.weight",
        "blocks.0.0.bn1.weight": "features.1.conv.0.1.weight",
        "blocks.0.0.conv_pw.weight": "features.1.conv.1.weight",
        "blocks.0.0.bn2.bias": "features.1.conv.2.bias",
        "blocks.1.0.conv_pw.weight": "features.2.conv.0.0.weight",
        "blocks.1.1.bn1.weight": "features.3.conv.0.1.weight",
        "blocks.2.2.conv_dw.weight": "features.6.conv.1.0.weight",
        "blocks.3.3.bn2.weight": "features.10.conv.1.1.weight",
        "blocks.4.0.conv_pwl.weight": "features.11.conv.2.weight",
        "blocks.6.0.bn3.running_mean": "features.17.conv.3.running_mean",
        "conv_head.weight": "features.18.0.weight",
        "bn2.weight": "features.18.1.weight",
        "classifier.bias": "classifier.1.bias",
      },
    ],
    [
      "timm-convnext",
      {
        "stem.0.weight": "features.0.0.weight",
        "stem.1.bias": "features.0.1.bias",
        "stages.0.blocks.0.gamma": "features.1.0.layer_scale",
        "stages.0.blocks.0.conv_dw.weight": "features.1.0.block.0.weight",
        "stages.0.blocks.0.norm.weight": "features.1.0.block.2.weight",
        "stages.0.blocks.2.mlp.fc1.weight": "features.1.2.block.3.weight",
        "stages.0.blocks.2.mlp.fc2.bias": "features.1.2.block.5.bias",
        "stages.1.downsample.0.weight": "features.2.0.weight",
        "stages.1.downsample.1.weight": "features.2.1.weight",
        "stages.2.blocks.26.gamma": "features.5.26.layer_scale",
        "stages.3.downsample.1.bias": "features.6.1.bias",
        "stages.3.blocks.1.conv_dw.bias": "features.7.1.block.0.bias",
        "head.norm.weight": "classifier.0.weight",
        "head.fc.weight": "classifier.2.weight",
      },
    ],
    [
      "hugging-face-resnet",
      {
        "resnet.embedder.embedder.convolution.weight": "conv1.weight",
        "resnet.embedder.embedder.normalization.running_mean": "bn1.running_mean",
        "resnet.encoder.stages.0.layers.0.layer.0.convolution.weight": "layer1.0.conv1.weight",
        "resnet.encoder.stages.0.layers.0.layer.2.normalization.bias": "layer1.0.bn3.bias",
        "resnet.encoder.stages.2.layers.5.layer.1.convolution.weight": "layer3.5.conv2.weight",
        "resnet.encoder.stages.3.layers.0.shortcut.convolution.weight": "layer4.0.downsample.0.weight",
        "resnet.encoder.stages.3.layers.0.shortcut.normalization.weight": "layer4.0.downsample.1.weight",
        "classifier.1.bias": "fc.bias",
      },
    ],
  ] as const)("knows %s", (rule, names) => {
    expect(read(Object.values(names), Object.keys(names))).toEqual({ prefix: "", naming: rule, dropped: {}, names });
  });

  it("renames nothing when one name is unexplained, or no renamed one is the network's", () => {
    expect(read(["classifier.0.weight"], ["classifier.1.weight", "surprise"])).toMatchObject({
      naming: "pytorch",
      names: { "classifier.1.weight": "classifier.1.weight" },
    });
    expect(read(["fc.weight"], ["pre_logits.fc1.weight"]).naming).toBe("pytorch");
  });

  it("renames nothing when two namings explain the names", () => {
    const wanted = ["classifier.0.weight", "fc.weight"];
    expect(read(wanted, ["classifier.1.weight"]).naming).toBe("pytorch");
  });
});
