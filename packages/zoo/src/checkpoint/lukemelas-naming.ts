import type { Naming, Renaming } from "./naming.js";

/**
 * The EfficientNets of lukemelas without squeeze and excitation, which have the pads and the ε of the zoo's. Those with
 * it, `_se_reduce`, have other pads than torchvision's: see `unread-namings.ts`.
 */
export const lukemelasEfficientnetLite: Naming = {
  name: "lukemelas-efficientnet-lite",
  summary: "EfficientNet-Lite with the names of lukemelas' EfficientNet-PyTorch, which counts the blocks through",
  source: "https://github.com/lukemelas/EfficientNet-PyTorch/blob/master/efficientnet_pytorch/model.py",
  renamings: (network) => {
    const names = [...network.needed, ...network.unused];
    const last = Math.max(0, ...names.map((name) => Number(/^features\.(\d+)\.0\.weight$/.exec(name)?.[1] ?? 0)));
    return [
      { from: /^_conv_stem\./, to: () => "features.0.0." },
      { from: /^_bn0\./, to: () => "features.0.1." },
      ...blockPaths(names).flatMap(blockRenamings),
      { from: /^_conv_head\./, to: () => `features.${last}.0.` },
      { from: /^_bn1\./, to: () => `features.${last}.1.` },
      { from: /^_fc\./, to: () => "classifier.1." },
    ];
  },
};

/** A block's path, such as `features.2.0.block`, with those of its convolutions that are followed by a batch norm. */
interface BlockPaths {
  readonly path: string;
  readonly layers: readonly number[];
}

/** The blocks of a network with torchvision's names, in order. */
function blockPaths(names: readonly string[]): readonly BlockPaths[] {
  const found = names.flatMap((name) => {
    const match = /^features\.(\d+)\.(\d+)\.block\.(\d+)\.0\.weight$/.exec(name);
    return match === null ? [] : [match.slice(1).map(Number)];
  });
  const layersOf = new Map<string, number[]>();
  const inOrder = found.toSorted(
    ([stage = 0, block = 0, layer = 0], [otherStage = 0, otherBlock = 0, otherLayer = 0]) =>
      stage - otherStage || block - otherBlock || layer - otherLayer,
  );
  for (const [stage = 0, block = 0, layer = 0] of inOrder) {
    const path = `features.${stage}.${block}.block`;
    layersOf.set(path, [...(layersOf.get(path) ?? []), layer]);
  }
  return [...layersOf].map(([path, layers]) => ({ path, layers }));
}

/** A convolution and its batch norm in a block of lukemelas'. */
const EXPAND = ["_expand_conv", "_bn0"] as const;
const FILTER = ["_depthwise_conv", "_bn1"] as const;
const PROJECT = ["_project_conv", "_bn2"] as const;

/** Blocks of the first stage do not expand the channels. */
function blockRenamings({ path, layers }: BlockPaths, index: number): readonly Renaming[] {
  const steps = layers.length === 3 ? [EXPAND, FILTER, PROJECT] : [FILTER, PROJECT];
  return steps.flatMap((step, place) =>
    step.map((layer, part): Renaming => ({
      from: new RegExp(String.raw`^_blocks\.${index}\.${layer}\.`),
      to: () => `${path}.${layers[place] ?? place}.${part}.`,
    })),
  );
}
