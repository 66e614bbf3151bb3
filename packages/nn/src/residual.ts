import { checkNoMore, formatShape, IsoconvError, sameShape } from "@isoconv/core-spec";
import { identity } from "./layers/identity.js";
import type { Module } from "./module.js";

/**
 * `main(x) + shortcut(x)`, with children named `main` and `shortcut`; the shortcut is the identity by default.
 *
 * He, Zhang, Ren and Sun, Deep residual learning for image recognition (2015).
 *
 * @throws IsoconvError when called, `INVALID_SHAPE` where the two shapes differ: PyTorch would broadcast, which is
 *   usually a mistake
 */
export function residual(main: Module, shortcut: Module = identity(), ...none: never[]): Module {
  checkNoMore(none, { op: "residual" });
  return (scope, x) => {
    const a = scope.call("main", main, x);
    const b = scope.call("shortcut", shortcut, x);
    const name = scope.nodeName("add");
    if (!sameShape(a.shape, b.shape)) {
      throw new IsoconvError("INVALID_SHAPE", {
        op: "add",
        node: name,
        what: "the shortcut does not fit",
        expected: formatShape(a.shape),
        received: formatShape(b.shape),
        hint: "Project it with a strided 1×1 convolution",
      });
    }
    return scope.graph.add({ a, b }, {}, name);
  };
}
