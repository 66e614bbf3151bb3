import { createModel, type Model, type ModelDefinition } from "@isoconv/zoo";
import type { ModelCase } from "../../plan/case.js";

/**
 * A compromise between coverage and the oracle's time. Halved five times, 33 gives maps of 2×2, but 32 gives single
 * elements whose windows are mostly padding. Odd extents also show wrong pads that even extents hide.
 */
const SMALL_EXTENT = 33;
/** The classes of networks at a reduced size. More classes would not test more of the last layer. */
const SMALL_CLASSES = 10;

/** `[batch, channels, height, width]` */
export type InputShape = ModelCase["inputShape"];

/** The published input size of a network. */
export function ownSize({ defaults: { channels, height, width } }: ModelDefinition): InputShape {
  return [1, channels, height, width];
}

/** A reduced input size, not below the network's minimum. */
export function smallSize({ defaults: { channels, height, width }, minimumSize }: ModelDefinition): InputShape {
  const small = (extent: number): number => Math.max(minimumSize, Math.min(SMALL_EXTENT, extent));
  return [1, channels, small(height), small(width)];
}

/** The network at the given input size. At its published size it has its published number of classes. */
export function modelAt(definition: ModelDefinition, inputShape: InputShape): Model {
  const [, channels, height, width] = inputShape;
  const { defaults } = definition;
  const isOwn = height === defaults.height && width === defaults.width;
  const classes = isOwn ? defaults.classes : Math.min(SMALL_CLASSES, defaults.classes);
  return createModel(definition.name, { channels, height, width, classes });
}
