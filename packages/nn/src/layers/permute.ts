import { locate, parseAxis } from "../arguments.js";
import type { Module } from "../module.js";

/**
 * torchvision's `Permute`: axis `i` of the result is axis `dims[i]` of the input; a negative one counts from the last.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function permute(dims: readonly number[]): Module {
  return (scope, x) => {
    const at = locate(scope, "transpose");
    const permutation = dims.map((dim, index) => parseAxis(dim, x, `dims[${index}]`, at));
    return scope.graph.transpose({ x }, { permutation }, scope.nodeName());
  };
}
