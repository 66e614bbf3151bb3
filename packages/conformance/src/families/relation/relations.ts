import { affineBatchNorm } from "./affine.js";
import { batchOfSingles, batchPermutation } from "./batch.js";
import { dilatedKernel, groupsApart, linearAsConvolution, padsApart, stridesApart } from "./convolution.js";
import { movementUndone, neutral } from "./identities.js";
import { optimised } from "./optimised.js";
import { scaling } from "./scaling.js";
import type { Statement } from "./statement.js";
import { swappedAxes } from "./swapped-axes.js";
import { commuted, sameFunction, sameMovement, symmetry } from "./synonyms.js";

/** All relations, by the name in their case ids. */
export const relations = {
  scaling,
  "swapped-axes": swappedAxes,
  "batch-permutation": batchPermutation,
  "batch-of-singles": batchOfSingles,
  groups: groupsApart,
  dilation: dilatedKernel,
  pads: padsApart,
  strides: stridesApart,
  "as-convolution": linearAsConvolution,
  affine: affineBatchNorm,
  undone: movementUndone,
  neutral,
  "same-movement": sameMovement,
  "same-function": sameFunction,
  symmetry,
  commuted,
  optimised,
} as const satisfies Readonly<Record<string, Statement>>;

export type RelationName = keyof typeof relations;
