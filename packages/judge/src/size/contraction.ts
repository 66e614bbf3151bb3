import { bindShape, elementCount, type Node, type NodeOf, type Tensor } from "@isoconv/core-spec";

/** Operations that are linear in x and in w, with a bias. */
export type LinearNode = NodeOf<"conv2d"> | NodeOf<"convTranspose2d"> | NodeOf<"linear">;

export function isLinear(node: Node): node is LinearNode {
  return node.op === "conv2d" || node.op === "convTranspose2d" || node.op === "linear";
}

/** The pairs of an input and an output position along one axis that one tap of a kernel connects. */
export interface Tap {
  readonly inputs: Uint32Array;
  readonly outputs: Uint32Array;
}

/** One axis of an image: its extents, and the taps of the kernel along it. */
export interface WindowAxis {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: readonly Tap[];
}

/**
 * What convolutions, transposed convolutions and linear layers have in common:
 *
 * `y[n, g·O+o, p, q] = bias[g·O+o] + Σ_c Σ_u Σ_v w[g,o,c,u,v] · Σ x[n, g·I+c, i, j]`, where tap `(u, v)` connects row `i`
 * with row `p` and column `j` with column `q`. A linear layer has images of one pixel, one for each row of x.
 */
export interface Contraction {
  readonly images: number;
  readonly groups: number;
  /** Input and output channels of one group. */
  readonly inPerGroup: number;
  readonly outPerGroup: number;
  readonly rows: WindowAxis;
  readonly columns: WindowAxis;
  readonly x: ArrayLike<number>;
  readonly w: ArrayLike<number>;
  readonly bias: ArrayLike<number> | undefined;
  /** Distances in w between groups, output channels and input channels; the taps of a filter are neighbours. */
  readonly steps: { readonly group: number; readonly output: number; readonly input: number };
}

/** The contraction that a node computes before its activation. */
export function contractionOf(node: LinearNode, tensorOf: (name: string) => Tensor): Contraction {
  const { inputs } = node;
  const [x, w] = [tensorOf(inputs.x), tensorOf(inputs.w)];
  const bias = inputs.bias === undefined ? undefined : tensorOf(inputs.bias).data;
  const data = { x: x.data, w: w.data, bias };
  if (node.op === "linear") {
    const [out, inFeatures] = w.shape;
    const single: WindowAxis = { inputs: 1, outputs: 1, taps: [connect(1, 1, (position) => position)] };
    return {
      ...data,
      images: elementCount(x.shape.slice(0, -1)),
      groups: 1,
      inPerGroup: inFeatures,
      outPerGroup: out,
      rows: single,
      columns: single,
      steps: { group: 0, output: inFeatures, input: 1 },
    };
  }
  const { strides, pads, dilations, groups } = node.attrs;
  const [images, channels, ...size] = x.shape;
  const [, , ...kernel] = w.shape;
  const [, outChannels, ...outSize] = bindShape(node.shape, images);
  const taps = elementCount(kernel);
  const [inPerGroup, outPerGroup] = [channels / groups, outChannels / groups];
  const isTransposed = node.op === "convTranspose2d";
  const axis = (k: 0 | 1): WindowAxis => ({
    inputs: size[k],
    outputs: outSize[k],
    taps: Array.from({ length: kernel[k] }, (_, tap) => {
      const slide = (position: number): number => position * strides[k] + tap * dilations[k] - pads[k];
      if (!isTransposed) return connect(outSize[k], size[k], slide);
      const { inputs: outputs, outputs: inputs } = connect(size[k], outSize[k], slide);
      return { inputs, outputs };
    }),
  });
  const steps = isTransposed
    ? { group: inPerGroup * outPerGroup * taps, output: taps, input: outPerGroup * taps }
    : { group: outPerGroup * inPerGroup * taps, output: inPerGroup * taps, input: taps };
  return { ...data, images, groups, inPerGroup, outPerGroup, rows: axis(0), columns: axis(1), steps };
}

/** Connects every one of `from` positions with `slide(position)`, where that is one of `to` positions. */
function connect(from: number, to: number, slide: (position: number) => number): Tap {
  const hits = Array.from({ length: from }, (_, position) => position).filter((position) => {
    const target = slide(position);
    return target >= 0 && target < to;
  });
  return { inputs: Uint32Array.from(hits, slide), outputs: Uint32Array.from(hits) };
}
