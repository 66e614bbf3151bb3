import { checkNoMore, IsoconvError } from "@isoconv/core-spec";
import { locate, parseAxis } from "../arguments.js";
import type { Module } from "../module.js";

/**
 * torchvision's `Permute`: axis `i` of the result is axis `dims[i]` of the input; a negative one counts from the last.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function permute(dims: readonly number[], ...none: never[]): Module {
  checkNoMore(none, { op: "permute" });
  return (scope, x) => {
    const at = locate(scope, "transpose");
    if (!Array.isArray(dims)) {
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        ...at,
        path: "dims",
        what: "not a list",
        expected: "an array of axes",
        received: dims,
      });
    }
    const permutation = dims.map((dim, index) => parseAxis(dim, x, `dims[${index}]`, at));
    return scope.graph.transpose({ x }, { permutation }, scope.nodeName());
  };
}
