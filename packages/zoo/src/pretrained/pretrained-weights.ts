import type { NamingName } from "../checkpoint/namings.js";
import type { NetworkVariants } from "../model.js";

/** Weights known to exist elsewhere. This package neither holds nor fetches them. */
export interface PretrainedWeights {
  /** The network's name in the zoo. */
  readonly model: string;
  /** torchvision's name of them: `IMAGENET1K_V1`, or `IMAGENET1K_V2` for a newer training recipe. */
  readonly name: string;
  readonly classes: number;
  /** Text file with the name of each class on a line, in the order of the logits. `imagenetClasses` names them too, as torchvision does. */
  readonly labels: string;
  /** The same values, in files of several formats. */
  readonly files: readonly PretrainedFile[];
  /** What to do to an image before the network sees it. */
  readonly preprocessing: Preprocessing;
  /** What else than its defaults the network must be built with. */
  readonly options: NetworkVariants;
  readonly accuracy: PublishedAccuracy;
  /** How they were trained, or what they were ported from. */
  readonly recipe: string;
}

/** Where weights can be had. */
export type PretrainedFile = PthFile | HubFile;

/** A pickle of torchvision's. */
export interface PthFile {
  readonly format: "pth";
  readonly url: string;
  /** The first digits, eight or ten, of the file's SHA-256: torchvision puts them in its name. */
  readonly sha256Prefix: string;
  /** The file's size in units of 2²⁰ bytes, as torchvision publishes it. */
  readonly mebibytes: number;
  /** How its tensors are named; `loadCheckpoint` finds that out by itself. */
  readonly naming: NamingName;
}

/** timm's copy on Hugging Face; its size and hash are published there only. */
export interface HubFile {
  readonly format: "safetensors";
  readonly url: string;
  /** Such as `timm/resnet18.tv_in1k`. */
  readonly repository: string;
  readonly naming: NamingName;
}

/** How an RGB image becomes a network's input. */
export interface Preprocessing {
  /** Length in pixels that the image's short side is resized to. */
  readonly resize: number;
  /** Side in pixels of the square cut out of its centre. */
  readonly crop: number;
  readonly interpolation: "bilinear" | "bicubic";
  /** Whether each pixel of a smaller image averages all that it covers, as Pillow does. */
  readonly antialias: boolean;
  /** What to subtract from each channel, red, green and blue, once it is in [0, 1]. */
  readonly mean: readonly [number, number, number];
  /** What to divide each channel by after that. */
  readonly std: readonly [number, number, number];
}

/** Shares, in per cent, of a labelled set whose label was the network's first answer, or among its first five. */
export interface PublishedAccuracy {
  readonly dataset: string;
  readonly top1: number;
  readonly top5: number;
  /** Where the figures stand. */
  readonly source: string;
}
