import { elementCount } from "@isoconv/core-spec";
import { correct, faultOf, type HostArray, type HostKernel, mapElements, mapLines } from "@isoconv/conformance/faults";

/** The factor and the addend of an element of the axis. */
interface Affine {
  readonly scale?: HostArray | undefined;
  readonly offset?: HostArray | undefined;
}

const transform = ({ scale, offset }: Affine, normal: number, c: number): number =>
  normal * (scale?.data[c] ?? 1) + (offset?.data[c] ?? 0);

/** layerNorm with another formula for the variance of a line than the mean of `(x − mean)²`. */
function layerNormWith(varianceOf: (line: Float32Array, mean: number) => number): HostKernel<"layerNorm"> {
  return ({ x, ...affine }, { axis, epsilon }) =>
    mapLines(x, axis, (line) => {
      const mean = sum(line) / line.length;
      const deviation = Math.sqrt(varianceOf(line, mean) + epsilon);
      return line.map((element, c) => transform(affine, (element - mean) / deviation, c));
    });
}

const sum = (terms: Float32Array): number => terms.reduce((total, term) => total + term, 0);

const layerNorm = { killedBy: ["matrix", "property"], ops: ["layerNorm"] } as const;

export const layerNormUnbiased = faultOf(
  {
    ...layerNorm,
    name: "layer-norm-unbiased",
    bug: "layerNorm divides the sum of squares by n − 1, as standard deviations of libraries do by default.",
  },
  () => ({
    kernels: {
      layerNorm: layerNormWith((line, mean) => sum(line.map((element) => (element - mean) ** 2)) / (line.length - 1)),
    },
  }),
);

export const layerNormOnePass = faultOf(
  {
    ...layerNorm,
    name: "layer-norm-one-pass",
    bug: "layerNorm computes the variance as the mean square minus the squared mean, in float32: it cancels for values far from zero.",
    killedBy: ["trap", "special"],
  },
  () => ({
    kernels: {
      layerNorm: layerNormWith((line, mean) => {
        const meanSquare = line.reduce((total, element) => Math.fround(total + element * element), 0) / line.length;
        return Math.max(0, Math.fround(meanSquare) - Math.fround(mean * mean));
      }),
    },
  }),
);

export const layerNormEpsilonIgnored = faultOf(
  {
    ...layerNorm,
    name: "layer-norm-epsilon-ignored",
    bug: "layerNorm ignores ε: it adds only the smallest float32 to the variance, which avoids 0/0.",
  },
  () => ({
    kernels: {
      layerNorm: (inputs, { axis }, site) => correct.layerNorm(inputs, { axis, epsilon: 2 ** -149 }, site),
    },
  }),
);

export const layerNormScaleIgnored = faultOf(
  {
    ...layerNorm,
    name: "layer-norm-scale-ignored",
    bug: "layerNorm ignores its scale: newly initialised networks, whose scales are 1, do not show the bug.",
  },
  () => ({
    kernels: { layerNorm: ({ x, offset }, attrs, site) => correct.layerNorm({ x, offset }, attrs, site) },
  }),
);

export const layerNormTrailingAxes = faultOf(
  {
    ...layerNorm,
    name: "layer-norm-trailing-axes",
    bug: "layerNorm normalises over all axes from `axis` on, as ONNX's LayerNormalization does.",
  },
  () => ({
    kernels: {
      layerNorm: ({ x, ...affine }, { axis, epsilon }, site) => {
        const extent = x.shape[axis];
        const inner = elementCount(x.shape.slice(axis + 1));
        const rows = [elementCount(x.shape.slice(0, axis)), extent * inner];
        const { data } = correct.layerNorm({ x: { shape: rows, data: x.data } }, { axis: 1, epsilon }, site);
        return mapElements({ shape: x.shape, data }, (normal, k) =>
          transform(affine, normal, Math.floor(k / inner) % extent),
        );
      },
    },
  }),
);
