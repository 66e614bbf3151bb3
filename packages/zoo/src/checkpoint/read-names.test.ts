import { describe, expect, it } from "vitest";
import { readNames } from "./read-names.js";

/** Name in the file → name in the network. */
const read = (wanted: readonly string[], given: readonly string[]) => {
  const { rules, kept, dropped } = readNames(new Set(wanted), given);
  return { rules, dropped, names: Object.fromEntries(kept.map(({ given, name }) => [given, name])) };
};

describe("readNames", () => {
  it("does not rename the network's own names, even if they match a naming", () => {
    const alexnet = ["features.0.weight", "classifier.1.weight", "classifier.4.weight", "classifier.6.weight"];
    expect(read(alexnet, alexnet)).toEqual({
      rules: ["pytorch"],
      dropped: [],
      names: Object.fromEntries(alexnet.map((name) => [name, name])),
    });
  });

  it.each([
    ["module.", ["data-parallel"]],
    ["state_dict.", ["nested"]],
    ["model.", ["nested"]],
    ["state_dict.module.", ["nested", "data-parallel"]],
  ])("takes off %s when all names have it", (prefix, rules) => {
    expect(read(["fc.weight", "fc.bias"], [`${prefix}fc.weight`, `${prefix}fc.bias`])).toEqual({
      rules: [...rules, "pytorch"],
      dropped: [],
      names: { [`${prefix}fc.weight`]: "fc.weight", [`${prefix}fc.bias`]: "fc.bias" },
    });
    expect(read(["fc.weight", "fc.bias"], [`${prefix}fc.weight`, "epoch"]).rules).toEqual(["pytorch"]);
  });

  it("drops auxiliary heads unless the network has them", () => {
    const given = ["module.fc.weight", "module.aux1.fc1.weight", "module.AuxLogits.fc.weight"];
    expect(read(["fc.weight"], given)).toEqual({
      rules: ["data-parallel", "auxiliary-heads", "pytorch"],
      dropped: ["module.aux1.fc1.weight", "module.AuxLogits.fc.weight"],
      names: { "module.fc.weight": "fc.weight" },
    });
    const kept = read(["fc.weight", "aux1.fc1.weight"], ["fc.weight", "aux1.fc1.weight", "aux2.fc1.weight"]);
    expect(kept).toMatchObject({ rules: ["auxiliary-heads", "pytorch"], dropped: ["aux2.fc1.weight"] });
  });

  it("ignores counters when it looks for a naming", () => {
    expect(read(["bn.weight"], ["bn.weight", "bn.num_batches_tracked"]).rules).toEqual(["pytorch"]);
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
    expect(read(Object.values(names), Object.keys(names))).toEqual({ rules: [rule], dropped: [], names });
  });

  it("renames nothing when one name is unexplained, or no renamed one is the network's", () => {
    expect(read(["classifier.0.weight"], ["classifier.1.weight", "surprise"])).toMatchObject({
      rules: ["pytorch"],
      names: { "classifier.1.weight": "classifier.1.weight" },
    });
    expect(read(["fc.weight"], ["pre_logits.fc1.weight"]).rules).toEqual(["pytorch"]);
  });

  it("renames nothing when two namings explain the names", () => {
    const wanted = ["classifier.0.weight", "fc.weight"];
    expect(read(wanted, ["classifier.1.weight"]).rules).toEqual(["pytorch"]);
  });
});
