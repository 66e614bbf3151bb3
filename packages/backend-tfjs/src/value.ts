import type { DeviceArray } from "./device.js";

/**
 * The order in which an array holds a logical tensor.
 *
 * - `plain`: row-major in logical order.
 * - `channelsLast`: a logical [N, C, H, W] held as [N, H, W, C]. Every value of rank 4 is held so.
 * - `flattened`: a logical [N, C·H·W] whose rows are in the order H, W, C: an image that was flattened where it lay.
 */
export type Layout = { readonly kind: "plain" } | { readonly kind: "channelsLast" } | FlattenedLayout;

interface FlattenedLayout {
  readonly kind: "flattened";
  readonly image: Image;
}

export type Image = readonly [channels: number, height: number, width: number];

/** A tensor of the graph. */
export interface Activation {
  readonly kind: "activation";
  readonly arrays: readonly [DeviceArray];
  readonly layout: Layout;
}

/** A parameter prepared for the operand that reads it, for example filters split by group. */
export interface Packed {
  readonly kind: "packed";
  readonly arrays: readonly DeviceArray[];
  /** The packing that was applied. */
  readonly key: string;
  /** For the matrix of a linear layer: the flattened image that gives the order of its rows. */
  readonly image?: Image | undefined;
}

/** A value of this backend's kernels. */
export type Value = Activation | Packed;

const PLAIN: Layout = { kind: "plain" };
const CHANNELS_LAST: Layout = { kind: "channelsLast" };

export function activation(array: DeviceArray, layout: Layout): Activation {
  return { kind: "activation", arrays: [array], layout };
}

export function plain(array: DeviceArray): Activation {
  return activation(array, PLAIN);
}

export function channelsLast(array: DeviceArray): Activation {
  return activation(array, CHANNELS_LAST);
}

/** The layout of an image flattened without moving it; plain if that is the same as the logical order. */
export function flattenedLayout(image: Image): Layout {
  const [channels, height, width] = image;
  return channels === 1 || height * width === 1 ? PLAIN : { kind: "flattened", image };
}

export function sameLayout(a: Layout, b: Layout): boolean {
  if (a.kind !== "flattened" || b.kind !== "flattened") return a.kind === b.kind;
  return a.image.every((extent, axis) => extent === b.image[axis]);
}

/** The tensor of an operand; a packed parameter may only reach the operand it was packed for. */
export function activationOf(value: Value): Activation {
  if (value.kind === "activation") return value;
  throw new Error(`a parameter packed as ${value.key} reached another operand`);
}
