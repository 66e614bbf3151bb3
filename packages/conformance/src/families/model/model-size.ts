import { createModel, type Model, type ModelDefinition } from "@isoconv/zoo";
import type { ModelCase } from "../../plan/case.js";

/**
 * Large enough for structure, small enough for the oracle. Halved five times, 33 leaves maps of 2×2, where 32 would leave
 * single elements that see little but padding; and odd extents show a mistaken pad that even ones hide.
 */
const SMALL_EXTENT = 33;
/** Of networks that are not at their own size: the last layer says nothing that ten classes do not. */
const SMALL_CLASSES = 10;

/** `[batch, channels, height, width]` */
export type InputShape = ModelCase["inputShape"];

/** The size a network is published at. */
export function ownSize({ defaults: { channels, height, width } }: ModelDefinition): InputShape {
  return [1, channels, height, width];
}

/** A small one it still makes sense at. */
export function smallSize({ defaults: { channels, height, width }, minimumSize }: ModelDefinition): InputShape {
  const small = (extent: number): number => Math.max(minimumSize, Math.min(SMALL_EXTENT, extent));
  return [1, channels, small(height), small(width)];
}

/** The network at the given size, with its own classes at its own size. */
export function modelAt(definition: ModelDefinition, inputShape: InputShape): Model {
  const [, channels, height, width] = inputShape;
  const { defaults } = definition;
  const isOwn = height === defaults.height && width === defaults.width;
  const classes = isOwn ? defaults.classes : Math.min(SMALL_CLASSES, defaults.classes);
  return createModel(definition.name, { channels, height, width, classes });
}
