import type { Decomposition } from "./decomposition.js";

export const hardSwish: Decomposition<"hardSwish"> = (g, { x }, _attrs, name) =>
  g.mul({ a: x, b: g.hardSigmoid({ x }, {}, g.freshName(`${name}.gate`)) }, {}, name);
