import type { NamingName } from "../checkpoint/naming.js";
import type { NetworkVariants } from "../model.js";

/** Published weights. This package neither contains nor downloads them. */
export interface PretrainedWeights {
  /** The network's name in the zoo. */
  readonly model: string;
  /** `IMAGENET1K_V1`, or `IMAGENET1K_V2` for a newer training recipe of torchvision's, whose names these are. */
  readonly name: string;
  readonly classes: number;
  /**
   * A text file with the name of one class per line, in the order of the logits. `imagenetClasses` has the same names.
   */
  readonly labels: string;
  /** The same values in files of several formats; none where only other libraries' files were published. */
  readonly files: readonly PretrainedFile[];
  /** The preprocessing of an image. */
  readonly preprocessing: Preprocessing;
  /** The options that the network must be built with, if not its defaults. */
  readonly options: NetworkVariants;
  readonly accuracy: PublishedAccuracy;
  /** A web page about their training or their origin. */
  readonly recipe: string;
}

/** A file of weights. */
export type PretrainedFile = PthFile | HubFile;

/** A pickle of torchvision's. */
export interface PthFile {
  readonly format: "pth";
  readonly url: string;
  /** The first digits, eight or ten, of the file's SHA-256: torchvision puts them in its name. */
  readonly sha256Prefix: string;
  /** The file's size in units of 2²⁰ bytes, as torchvision publishes it. */
  readonly mebibytes: number;
  /** The naming of its tensors; `loadCheckpoint` detects it. */
  readonly naming: NamingName;
}

/** timm's copy on Hugging Face; its size and hash are published there only. */
export interface HubFile {
  readonly format: "safetensors";
  readonly url: string;
  /** For example `timm/resnet18.tv_in1k`. */
  readonly repository: string;
  readonly naming: NamingName;
}

/** How to convert an RGB image to a network's input. */
export interface Preprocessing {
  /** The length in pixels to which the image's short side is resized. */
  readonly resize: number;
  /** The side in pixels of the square cropped from its centre. */
  readonly crop: number;
  readonly interpolation: "bilinear" | "bicubic";
  /** Whether each pixel of a smaller image averages all the pixels it covers, as in Pillow. */
  readonly antialias: boolean;
  /** The value to subtract from each channel (red, green, blue), after scaling to [0, 1]. */
  readonly mean: readonly [number, number, number];
  /** The value to divide each channel by after that. */
  readonly std: readonly [number, number, number];
}

/** Percentages of a labelled set whose label is the network's first prediction, or among its first five. */
export interface PublishedAccuracy {
  readonly dataset: string;
  readonly top1: number;
  /** Absent where it was not published. */
  readonly top5?: number;
  /** A page with the figures. */
  readonly source: string;
}
