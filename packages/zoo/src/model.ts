import type { Graph, Shape } from "@isoconv/core-spec";
import type { Module, ParameterSpec } from "@isoconv/nn";

/** The paper or book a network comes from. */
export interface Source {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  readonly url: string;
}

/** Extents of one input image. */
export interface ImageSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** What a network may be built for. */
export interface NetworkOptions extends ImageSize {
  readonly classes: number;
}

/** One entry of the zoo: everything that is true of a network before it is built. */
export interface ModelDefinition {
  /** Such as `resnet18` (torchvision's) or `d2l/resnet18` (as *Dive into Deep Learning* builds it). */
  readonly name: string;
  readonly family: string;
  readonly summary: string;
  readonly source: Source;
  /** What the network is built for unless told otherwise. */
  readonly defaults: NetworkOptions;
  /** The least height and width the network can take. */
  readonly minimumSize: number;
  /** The network itself. */
  build(options: NetworkOptions): Module;
}

/** A network ready to compile. Weights are separate: see `parameters` for what they must be. */
export interface Model {
  readonly name: string;
  readonly family: string;
  readonly source: Source;
  readonly classes: number;
  /** `[batch, channels, height, width]`; the batch is `"N"` unless fixed. */
  readonly inputShape: Shape;
  /** Takes `input`, returns `logits` `[batch, classes]`. */
  readonly graph: Graph;
  /** Parameters and buffers in the order of PyTorch's state_dict, without `num_batches_tracked`. */
  readonly parameters: readonly ParameterSpec[];
  /** The value each module returned, by module path: what to tap for the features of `layer4`. */
  readonly modules: ReadonlyMap<string, string>;
}
