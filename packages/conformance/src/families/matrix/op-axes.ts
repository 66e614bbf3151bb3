import type { OpName } from "@isoconv/core-spec";
import type { OpAxes } from "./axes.js";
import { elementwiseAxes } from "./elementwise-axes.js";
import { imageAxes } from "./image-axes.js";
import { tensorAxes } from "./tensor-axes.js";

/** The axes of every operation. */
export const opAxes = {
  ...imageAxes,
  ...elementwiseAxes,
  ...tensorAxes,
} satisfies { readonly [K in OpName]: OpAxes };
