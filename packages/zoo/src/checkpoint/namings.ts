import { reshaped } from "./adapt-layout.js";
import { kerasDensenet, kerasVgg } from "./keras-namings.js";
import { lukemelasEfficientnetLite } from "./lukemelas-naming.js";
import type { Naming } from "./naming.js";
import { tonylinsMobilenetV2 } from "./tonylins-naming.js";

/** A captured index plus one: Hugging Face counts from 0 where torchvision counts from 1. */
const next = (index: string | undefined): number => Number(index) + 1;

/** The first feature of a ConvNeXt is its stem; each later stage takes two, the downsampling and the blocks. */
const stepOf = (stage: string | undefined): number => 2 * Number(stage);
const blocksOf = (stage: string | undefined): number => 2 * Number(stage) + 1;

/** Blocks in the stages of timm's MobileNetV2; torchvision counts them through, from 1 for the first. */
const MOBILENET_STAGES = [1, 2, 3, 4, 3, 3, 1];

function mobilenetFeature(stage: string | undefined, block: string | undefined): string {
  const before = MOBILENET_STAGES.slice(0, Number(stage)).reduce((sum, blocks) => sum + blocks, 1);
  return `features.${before + Number(block)}.conv.`;
}

/** Every naming except the networks' own. */
export const namings: readonly Naming[] = [
  {
    name: "legacy-densenet",
    summary: "DenseNet in torchvision's files, with norm.1 instead of norm1 in layer names",
    source: "https://github.com/pytorch/vision/blob/main/torchvision/models/densenet.py (_load_state_dict)",
    renamings: [
      {
        from: /^(features\.denseblock\d+\.denselayer\d+\.)(norm|conv)\.([12])\./,
        to: (layer, kind, index) => `${layer}${kind}${index}.`,
      },
    ],
  },
  {
    name: "legacy-vgg",
    summary: "VGG of 2016, with dropouts at other positions in the classifier",
    source: "https://github.com/jcjohnson/pytorch-vgg/issues/3",
    renamings: [
      { from: /^classifier\.1\./, to: () => "classifier.0." },
      { from: /^classifier\.4\./, to: () => "classifier.3." },
    ],
  },
  {
    name: "timm-vgg",
    summary: "timm's VGG, whose linear layers are convolutions",
    source: "https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/vgg.py",
    renamings: [
      { from: /^pre_logits\.fc1\./, to: () => "classifier.0.", adapt: reshaped },
      { from: /^pre_logits\.fc2\./, to: () => "classifier.3.", adapt: reshaped },
      { from: /^head\.fc\./, to: () => "classifier.6." },
    ],
  },
  {
    name: "timm-mobilenet-v2",
    summary: "timm's MobileNetV2, mobilenetv2_100",
    source:
      "https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/ (efficientnet.py, _gen_mobilenet_v2; _efficientnet_blocks.py)",
    renamings: [
      { from: /^conv_stem\./, to: () => "features.0.0." },
      { from: /^bn1\./, to: () => "features.0.1." },
      // The first block does not expand the channels.
      { from: /^blocks\.0\.0\.conv_dw\./, to: () => "features.1.conv.0.0." },
      { from: /^blocks\.0\.0\.bn1\./, to: () => "features.1.conv.0.1." },
      { from: /^blocks\.0\.0\.conv_pw\./, to: () => "features.1.conv.1." },
      { from: /^blocks\.0\.0\.bn2\./, to: () => "features.1.conv.2." },
      { from: mobilenetBlock("conv_pw"), to: (stage, block) => `${mobilenetFeature(stage, block)}0.0.` },
      { from: mobilenetBlock("bn1"), to: (stage, block) => `${mobilenetFeature(stage, block)}0.1.` },
      { from: mobilenetBlock("conv_dw"), to: (stage, block) => `${mobilenetFeature(stage, block)}1.0.` },
      { from: mobilenetBlock("bn2"), to: (stage, block) => `${mobilenetFeature(stage, block)}1.1.` },
      { from: mobilenetBlock("conv_pwl"), to: (stage, block) => `${mobilenetFeature(stage, block)}2.` },
      { from: mobilenetBlock("bn3"), to: (stage, block) => `${mobilenetFeature(stage, block)}3.` },
      { from: /^conv_head\./, to: () => "features.18.0." },
      { from: /^bn2\./, to: () => "features.18.1." },
      { from: /^classifier\.(?=weight$|bias$)/, to: () => "classifier.1." },
    ],
  },
  {
    name: "timm-convnext",
    summary: "timm's ConvNeXt",
    source: "https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/convnext.py",
    renamings: [
      { from: /^stem\.([01])\./, to: (index) => `features.0.${index}.` },
      { from: /^stages\.([123])\.downsample\.([01])\./, to: (stage, index) => `features.${stepOf(stage)}.${index}.` },
      { from: convnextBlock("conv_dw."), to: (stage, block) => `features.${blocksOf(stage)}.${block}.block.0.` },
      { from: convnextBlock("norm."), to: (stage, block) => `features.${blocksOf(stage)}.${block}.block.2.` },
      { from: convnextBlock("mlp.fc1."), to: (stage, block) => `features.${blocksOf(stage)}.${block}.block.3.` },
      { from: convnextBlock("mlp.fc2."), to: (stage, block) => `features.${blocksOf(stage)}.${block}.block.5.` },
      {
        from: convnextBlock("gamma"),
        to: (stage, block) => `features.${blocksOf(stage)}.${block}.layer_scale`,
        adapt: reshaped,
      },
      { from: /^head\.norm\./, to: () => "classifier.0." },
      { from: /^head\.fc\./, to: () => "classifier.2." },
    ],
  },
  {
    name: "hugging-face-resnet",
    summary: "ResNet of Hugging Face's transformers, such as microsoft/resnet-50",
    source: "https://github.com/huggingface/transformers/blob/main/src/transformers/models/resnet/modeling_resnet.py",
    renamings: [
      { from: /^resnet\.embedder\.embedder\.convolution\./, to: () => "conv1." },
      { from: /^resnet\.embedder\.embedder\.normalization\./, to: () => "bn1." },
      {
        from: resnetLayer(String.raw`layer\.(\d)\.convolution`),
        to: (stage, block, index) => `layer${next(stage)}.${block}.conv${next(index)}.`,
      },
      {
        from: resnetLayer(String.raw`layer\.(\d)\.normalization`),
        to: (stage, block, index) => `layer${next(stage)}.${block}.bn${next(index)}.`,
      },
      {
        from: resnetLayer(String.raw`shortcut\.convolution`),
        to: (stage, block) => `layer${next(stage)}.${block}.downsample.0.`,
      },
      {
        from: resnetLayer(String.raw`shortcut\.normalization`),
        to: (stage, block) => `layer${next(stage)}.${block}.downsample.1.`,
      },
      { from: /^classifier\.1\./, to: () => "fc." },
    ],
  },
  tonylinsMobilenetV2,
  lukemelasEfficientnetLite,
  kerasVgg,
  kerasDensenet,
];

/** Captures stage and block, from the second stage. */
function mobilenetBlock(part: string): RegExp {
  return new RegExp(String.raw`^blocks\.([1-6])\.(\d)\.${part}\.`);
}

/** Captures stage and block. */
function convnextBlock(part: string): RegExp {
  return new RegExp(String.raw`^stages\.([0-3])\.blocks\.(\d+)\.${part.replaceAll(".", String.raw`\.`)}`);
}

/** Captures stage and block, and what `part` captures. */
function resnetLayer(part: string): RegExp {
  return new RegExp(String.raw`^resnet\.encoder\.stages\.([0-3])\.layers\.(\d+)\.${part}\.`);
}
