import type { Graph, Shape } from "@isoconv/core-spec";
import type { Module, ParameterSpec } from "@isoconv/nn";

/** The paper or book that describes a network. */
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

/** The options with which a network is built. */
export interface NetworkOptions extends ImageSize, NetworkVariants {
  readonly classes: number;
}

/** Options that only some networks have; see {@link ModelDefinition.variants}. */
export interface NetworkVariants {
  /**
   * Take images normalised as usual for ImageNet (mean 0.485, 0.456, 0.406; deviation 0.229, 0.224, 0.225) and
   * normalise them to mean and deviation 0.5, for which the published weights were trained. False by default.
   */
  readonly transformInput?: boolean;
  /** Build the auxiliary classifiers too, which are used only in training. False by default. */
  readonly auxiliary?: boolean;
  /**
   * Which of `layer2`, `layer3` and `layer4` of a ResNet dilate their convolutions instead of halving the image, for denser
   * features with the same weights: `[false, false, true]` gives an output stride of 16, `[false, true, true]` of 8.
   * torchvision's `replace_stride_with_dilation`, which networks of basic blocks do not have. None by default.
   */
  readonly replaceStrideWithDilation?: Dilations;
}

/** A choice for each of `layer2`, `layer3` and `layer4`. */
export type Dilations = readonly [layer2: boolean, layer3: boolean, layer4: boolean];

/** One entry of the zoo: the description of a network before it is built. */
export interface ModelDefinition {
  /** For example `resnet18` (torchvision's) or `d2l/resnet18` (as *Dive into Deep Learning* builds it). */
  readonly name: string;
  readonly family: string;
  readonly summary: string;
  readonly source: Source;
  /** The default options. */
  readonly defaults: NetworkOptions;
  /** The smallest height and width of the network's input. */
  readonly minimumSize: number;
  /** The options beyond size and classes that the network supports; none by default. */
  readonly variants?: readonly (keyof NetworkVariants)[];
  /** Module paths of the auxiliary classifiers that `auxiliary` builds, for example `aux1`. */
  readonly auxiliaryHeads?: readonly string[];
  /** The network itself. */
  build(options: NetworkOptions): Module;
}

/** A network ready to compile. The weights are separate: `parameters` lists their names and shapes. */
export interface Model {
  readonly name: string;
  readonly family: string;
  readonly source: Source;
  readonly classes: number;
  /** `[batch, channels, height, width]`; the batch is `"N"` unless fixed. */
  readonly inputShape: Shape;
  /**
   * Takes `input` and returns `logits` `[batch, classes]`, and with `auxiliary` the auxiliary classifiers' logits under
   * their module paths; or the requested features instead.
   */
  readonly graph: Graph;
  /** Parameters and buffers in the order of PyTorch's state_dict, without `num_batches_tracked`. */
  readonly parameters: readonly ParameterSpec[];
  /** Parameters of the whole network that the requested features do not need; empty otherwise. */
  readonly omitted: readonly ParameterSpec[];
  /** The value that each module returned, by module path: tap it to read, for example, the features of `layer4`. */
  readonly modules: ReadonlyMap<string, string>;
}
