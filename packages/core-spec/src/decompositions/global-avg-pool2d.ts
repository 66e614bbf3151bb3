import type { Decomposition } from "./decomposition.js";

export const globalAvgPool2d: Decomposition<"globalAvgPool2d"> = (g, { x }, _attrs, name) =>
  g.mean({ x }, { axes: [2, 3], keepDims: true }, name);
