import { IsoconvError } from "@isoconv/core-spec";
import type { Module } from "@isoconv/nn";

/** How images are normalised for most of torchvision's networks. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/**
 * Converts images normalised to ImageNet's mean and deviation to mean and deviation 0.5: torchvision's
 * `transform_input`, for its networks whose weights were trained elsewhere.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` unless called on 3 channels
 */
export function transformInput(): Module {
  return (scope, x) => {
    if (x.shape[1] !== MEAN.length) {
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        node: scope.path,
        path: "options.transformInput",
        what: "only colour images have a normalisation to transform",
        expected: `${MEAN.length} channels`,
        received: x.shape[1],
      });
    }
    const shape = [MEAN.length, 1, 1];
    const scale = scope.constant("scale", { shape, value: DEVIATION.map((deviation) => deviation / 0.5) });
    const offset = scope.constant("offset", { shape, value: MEAN.map((mean) => (mean - 0.5) / 0.5) });
    const scaled = scope.graph.mul({ a: x, b: scale }, {}, scope.nodeName("mul"));
    return scope.graph.add({ a: scaled, b: offset }, {}, scope.nodeName("add"));
  };
}
