import type { Naming } from "./naming.js";

/** Matches the start of the names of one layer, of any block after the first, and captures the block's feature. */
function layer(index: number): RegExp {
  return new RegExp(String.raw`^features\.([2-9]|1[0-7])\.conv\.${index}\.`);
}

/** The first block does not expand the channels. */
function firstLayer(index: number): RegExp {
  return new RegExp(String.raw`^features\.1\.conv\.${index}\.`);
}

/**
 * The layers of a block follow each other in one list, with the activations; torchvision has a convolution, its
 * normalisation and its activation in a list of their own.
 */
export const tonylinsMobilenetV2: Naming = {
  name: "tonylins-mobilenet-v2",
  summary: "MobileNetV2 of tonylins, from which torchvision's came, with a block's layers in one list",
  source: "https://github.com/tonylins/pytorch-mobilenet-v2",
  sign: /^features\.1\.conv\.0\.weight$/,
  renamings: [
    { from: firstLayer(0), to: () => "features.1.conv.0.0." },
    { from: firstLayer(1), to: () => "features.1.conv.0.1." },
    { from: firstLayer(3), to: () => "features.1.conv.1." },
    { from: firstLayer(4), to: () => "features.1.conv.2." },
    { from: layer(0), to: (feature) => `features.${feature}.conv.0.0.` },
    { from: layer(1), to: (feature) => `features.${feature}.conv.0.1.` },
    { from: layer(3), to: (feature) => `features.${feature}.conv.1.0.` },
    { from: layer(4), to: (feature) => `features.${feature}.conv.1.1.` },
    { from: layer(6), to: (feature) => `features.${feature}.conv.2.` },
    { from: layer(7), to: (feature) => `features.${feature}.conv.3.` },
    { from: /^classifier\.(?=weight$|bias$)/, to: () => "classifier.1." },
  ],
};
