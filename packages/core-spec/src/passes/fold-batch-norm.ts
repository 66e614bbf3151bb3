import type { Parameters } from "../backend/backend.js";
import type { NodeOf } from "../graph/graph.js";
import type { GraphBuilder, Value } from "../graph/builder.js";
import { float32, ownValue, type Tensor } from "../tensor.js";
import type { Network, Pass } from "./pass.js";
import { countUses, rewriteGraph } from "./rewrite.js";

/**
 * Folds a batch norm into the convolution whose only reader it is, when weights and statistics are parameters:
 * `w′ = w·s`, `b′ = (b − mean)·s + offset` with `s = scale/√(variance + ε)`, computed in float64 and rounded once.
 *
 * If a variance is so small that `w′` leaves the range of float32, the batch norm stays.
 */
export const foldBatchNorm: Pass = {
  name: "foldBatchNorm",
  run: (network) => {
    const folds = findFolds(network);
    return folds.size === 0 ? network : applyFolds(network, folds);
  },
};

interface Fold {
  readonly conv: NodeOf<"conv2d">;
  readonly norm: NodeOf<"batchNorm">;
  readonly w: Tensor;
  readonly bias: Tensor;
}

function findFolds({ graph, parameters }: Network): ReadonlyMap<string, Fold> {
  const uses = countUses(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const folds = new Map<string, Fold>();
  for (const norm of graph.nodes) {
    if (norm.op !== "batchNorm" || uses.get(norm.inputs.x) !== 1) continue;
    const conv = nodes.get(norm.inputs.x);
    if (conv?.op !== "conv2d" || conv.attrs.activation !== "none") continue;
    const folded = fold(conv, norm, parameters);
    if (folded !== undefined) folds.set(conv.name, { conv, norm, ...folded });
  }
  return folds;
}

function fold(
  conv: NodeOf<"conv2d">,
  norm: NodeOf<"batchNorm">,
  parameters: Parameters,
): { readonly w: Tensor; readonly bias: Tensor } | undefined {
  const operand = (name: string | undefined): Tensor | undefined =>
    name === undefined ? undefined : ownValue(parameters, name);
  const w = operand(conv.inputs.w);
  const mean = operand(norm.inputs.mean);
  const variance = operand(norm.inputs.variance);
  const [bias, scale, offset] = [operand(conv.inputs.bias), operand(norm.inputs.scale), operand(norm.inputs.offset)];
  const computed =
    (conv.inputs.bias !== undefined && bias === undefined) ||
    (norm.inputs.scale !== undefined && scale === undefined) ||
    (norm.inputs.offset !== undefined && offset === undefined);
  if (w === undefined || mean === undefined || variance === undefined || computed) return undefined;
  const channels = mean.data.length;
  const perChannel = w.data.length / channels;
  const { data: weights } = w;
  const foldedW = new Float32Array(w.data.length);
  const foldedBias = new Float32Array(channels);
  let finite = true;
  for (let channel = 0; channel < channels; channel += 1) {
    const s = (scale?.data[channel] ?? 1) / Math.sqrt(variance.data[channel] + norm.attrs.epsilon);
    for (let i = channel * perChannel; i < (channel + 1) * perChannel; i += 1) {
      foldedW[i] = weights[i] * s;
      finite &&= Number.isFinite(foldedW[i]);
    }
    foldedBias[channel] = ((bias?.data[channel] ?? 0) - mean.data[channel]) * s + (offset?.data[channel] ?? 0);
    finite &&= Number.isFinite(foldedBias[channel]);
  }
  return finite ? { w: float32(w.shape, foldedW), bias: float32([channels], foldedBias) } : undefined;
}

function applyFolds({ graph, parameters }: Network, folds: ReadonlyMap<string, Fold>): Network {
  const extended: Record<string, Tensor> = { ...parameters };
  const convOf = new Map([...folds.values()].map(({ norm, conv }) => [norm.name, conv.name]));
  const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
    const fold = folds.get(node.name);
    if (fold !== undefined) return addFolded(g, fold, extended, valueOf);
    const conv = convOf.get(node.name);
    return conv === undefined ? undefined : valueOf(conv);
  });
  return { graph: rewritten, parameters: extended };
}

function addFolded(
  g: GraphBuilder,
  { conv, norm, w, bias }: Fold,
  parameters: Record<string, Tensor>,
  valueOf: (name: string) => Value,
): Value {
  const parameter = (stem: string, tensor: Tensor): Value => {
    const name = g.freshName(stem);
    parameters[name] = tensor;
    return g.parameter(name, tensor.shape);
  };
  const inputs = {
    x: valueOf(conv.inputs.x),
    w: parameter(`${conv.name}.w:folded`, w),
    bias: parameter(`${conv.name}.bias:folded`, bias),
  };
  return g.conv2d(inputs, conv.attrs, norm.name);
}
