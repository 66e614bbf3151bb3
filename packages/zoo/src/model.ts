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
export interface NetworkOptions extends ImageSize, NetworkVariants {
  readonly classes: number;
}

/** What only some networks can be asked for; see {@link ModelDefinition.variants}. */
export interface NetworkVariants {
  /**
   * Take images normalised as ImageNet's usually are (mean 0.485, 0.456, 0.406; deviation 0.229, 0.224, 0.225) and
   * normalise them to mean and deviation 0.5, for which the published weights were trained. False by default.
   */
  readonly transformInput?: boolean;
  /** Build the auxiliary classifiers too, which served training only. False by default. */
  readonly auxiliary?: boolean;
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
  /** Which options beyond size and classes the network knows; none by default. */
  readonly variants?: readonly (keyof NetworkVariants)[];
  /** Module paths of the auxiliary classifiers that `auxiliary` builds, such as `aux1`. */
  readonly auxiliaryHeads?: readonly string[];
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
  /**
   * Takes `input`, returns `logits` `[batch, classes]`, and the auxiliary classifiers' logits under their module paths
   * where it was built with them; or the features asked for.
   */
  readonly graph: Graph;
  /** Parameters and buffers in the order of PyTorch's state_dict, without `num_batches_tracked`. */
  readonly parameters: readonly ParameterSpec[];
  /** Those of the whole network that the features asked for do not need; none otherwise. */
  readonly omitted: readonly ParameterSpec[];
  /** The value each module returned, by module path: what to tap for the features of `layer4`. */
  readonly modules: ReadonlyMap<string, string>;
}
