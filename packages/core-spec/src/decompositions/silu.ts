import type { Decomposition } from "./decomposition.js";

export const silu: Decomposition<"silu"> = (g, { x }, _attrs, name) =>
  g.mul({ a: x, b: g.sigmoid({ x }, {}, g.freshName(`${name}.sigmoid`)) }, {}, name);
