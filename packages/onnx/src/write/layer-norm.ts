import type { Handler } from "@isoconv/core-spec";
import { float, int, ints } from "../model/attributes.js";
import type { LoweringSite, Operand } from "./lowering-site.js";

/**
 * ONNX Runtime's kernel stays within the bound however far the mean is from zero, unlike a one-pass variance. It
 * normalises over all axes from one on, so an axis other than the last is moved to the end and back.
 */
export const layerNorm: Handler<"layerNorm", Operand, LoweringSite> = (
  { x, scale, offset },
  { axis, epsilon },
  site,
) => {
  const gamma = scale?.name ?? site.filled(Number(x.shape[axis]), 1);
  const attributes = { axis: int(-1), epsilon: float(epsilon) };
  const last = x.shape.length - 1;
  if (axis === last) return site.last("LayerNormalization", [x.name, gamma, offset?.name], attributes);
  const axes = x.shape.map((_, index) => index);
  const toLast = [...axes.toSpliced(axis, 1), axis];
  const moved = site.step("Transpose", [x.name], { perm: ints(toLast) });
  const normal = site.step("LayerNormalization", [moved, gamma, offset?.name], attributes);
  return site.last("Transpose", [normal], { perm: ints(axes.map((index) => toLast.indexOf(index))) });
};
