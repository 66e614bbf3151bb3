import type { Handler, Shape } from "@isoconv/core-spec";
import { int, type LoweringSite, loweringTable, type OnnxTable, type Operand, reshapeTarget } from "@isoconv/onnx";

const keepDims = { keepdims: int(1) };

/** `x − max − ln Σ exp(x − max)`, composed: the provider has no kernel, so the session would run it on the CPU. */
const logSoftmax: Handler<"logSoftmax", Operand, LoweringSite> = ({ x }, { axis }, site) => {
  const along = site.int64([axis]);
  const shifted = site.step("Sub", [x.name, site.step("ReduceMax", [x.name, along], keepDims)]);
  const sum = site.step("ReduceSum", [site.step("Exp", [shifted]), along], keepDims);
  return site.last("Sub", [shifted, site.step("Log", [sum])]);
};

/**
 * `γ·(x − μ)/√(σ² + ε) + β`, composed: the provider's kernel computes the variance as the mean square minus the squared
 * mean, which cancels where the mean is far from zero.
 */
const layerNorm: Handler<"layerNorm", Operand, LoweringSite> = ({ x, scale, offset }, { axis, epsilon }, site) => {
  const along = site.int64([axis]);
  const centred = site.step("Sub", [x.name, site.step("ReduceMean", [x.name, along], keepDims)]);
  const variance = site.step("ReduceMean", [site.step("Mul", [centred, centred]), along], keepDims);
  const deviation = site.step("Sqrt", [site.step("Add", [variance, site.scalar(epsilon)])]);
  // A vector along the axis, with one dimension for every axis from there on.
  const alongAxis = [Number(x.shape[axis]), ...x.shape.slice(axis + 1).map(() => 1)];
  const broadcast = (vector: Operand): string => site.step("Reshape", [vector.name, site.int64(alongAxis)]);
  if (scale === undefined && offset === undefined) return site.last("Div", [centred, deviation]);
  const normal = site.step("Div", [centred, deviation]);
  if (scale === undefined) return site.last("Add", [normal, offset === undefined ? undefined : broadcast(offset)]);
  if (offset === undefined) return site.last("Mul", [normal, broadcast(scale)]);
  return site.last("Add", [site.step("Mul", [normal, broadcast(scale)]), broadcast(offset)]);
};

/** The provider mixes up the channels of a batch of vectors, but not of images of one pixel. */
const batchNorm: Handler<"batchNorm", Operand, LoweringSite> = (inputs, attrs, site) => {
  const { x } = inputs;
  if (x.shape.length !== 2) return loweringTable.batchNorm(inputs, attrs, site);
  const shape = [...x.shape, 1, 1];
  const images = { name: site.step("Reshape", [x.name, site.int64(reshapeTarget(shape))]), shape };
  const normal = loweringTable.batchNorm({ ...inputs, x: images }, attrs, inner(site, shape));
  return site.last("Reshape", [normal.name, site.int64(reshapeTarget(x.shape))]);
};

/** A site whose result is an intermediate step of another site's. */
function inner(site: LoweringSite, shape: Shape): LoweringSite {
  return {
    ...site,
    shape,
    last: (opType, inputs, attributes) => ({ name: site.step(opType, inputs, attributes), shape }),
  };
}

/** How operations are emitted for the WebGPU provider. */
export const webgpuTable = { ...loweringTable, batchNorm, layerNorm, logSoftmax } satisfies OnnxTable;
