import type { AnyAttrs, Node, NodeOf, Pads2d, Pair, Tensor } from "@isoconv/core-spec";
import type { OpCase } from "../check-op.js";
import { cut, span, type Range } from "./range.js";

/** A box of a result: one range for each of its axes. */
export type Region = readonly Range[];

/** A part of an operation, with every attribute. */
export interface Crop extends OpCase {
  readonly attrs: AnyAttrs;
}

type TensorOf = (name: string) => Tensor;

/**
 * The crop of a node's operands whose answer is `region` of the node's answer: locality. Every element keeps its terms
 * and their order, so the oracle returns the same bits for both, and the two answers of a backend differ by at most the
 * sum of their bounds. Zeros that a convolution's crop needs around the input become part of it.
 *
 * A region of a convolution has channels of one group, or of whole groups. A region of `upsample` begins and ends at
 * multiples of its scales.
 *
 * @throws RangeError if the region, or the operation, has no crop
 */
export function cropOf(node: Node, region: Region, tensorOf: TensorOf): Crop {
  switch (node.op) {
    case "conv2d":
      return cropConvolution(node, region, tensorOf);
    case "convTranspose2d":
      return cropTransposed(node, region, tensorOf);
    case "linear":
      return cropLinear(node, region, tensorOf);
    case "maxPool2d":
    case "avgPool2d":
      return cropPool(node, region, tensorOf);
    case "upsample":
      return cropUpsampled(node, region, tensorOf);
    default:
      throw new RangeError(`${node.op} has no crops`);
  }
}

function cropConvolution({ inputs, attrs, name }: NodeOf<"conv2d">, region: Region, tensorOf: TensorOf): Crop {
  const [x, w] = [tensorOf(inputs.x), tensorOf(inputs.w)];
  const [filters, perGroup, ...kernel] = w.shape;
  const [images, channels, rows, columns] = region;
  const groups = groupsOf(channels, filters / attrs.groups);
  const reach = (range: Range, axis: 0 | 1): Range =>
    span(
      range.start * attrs.strides[axis] - attrs.pads[axis],
      (range.end - range.start - 1) * attrs.strides[axis] + attrs.dilations[axis] * (kernel[axis] - 1) + 1,
    );
  const source = { start: groups.start * perGroup, end: groups.end * perGroup };
  return {
    id: name,
    op: "conv2d",
    inputs: {
      x: cut(x, [images, source, reach(rows, 0), reach(columns, 1)]),
      w: cut(w, [channels, ...w.shape.slice(1).map((extent) => span(0, extent))]),
      bias: inputs.bias === undefined ? undefined : cut(tensorOf(inputs.bias), [channels]),
    },
    attrs: { ...attrs, pads: [0, 0, 0, 0], groups: groups.end - groups.start },
  };
}

/** The groups of a range of output channels. */
function groupsOf({ start, end }: Range, perGroup: number): Range {
  const groups = { start: Math.floor(start / perGroup), end: Math.ceil(end / perGroup) };
  const isWhole = start % perGroup === 0 && end % perGroup === 0;
  if (groups.end - groups.start === 1 || isWhole) return groups;
  throw new RangeError(`channels ${start} to ${end} have parts of several groups of ${perGroup}`);
}

function cropTransposed(
  { inputs, attrs, name }: NodeOf<"convTranspose2d">,
  [images, channels, ...size]: Region,
  tensorOf: TensorOf,
): Crop {
  const [x, w] = [tensorOf(inputs.x), tensorOf(inputs.w)];
  const [inChannels, perGroup, ...kernel] = w.shape;
  const groups = groupsOf(channels, perGroup);
  const source = span(
    (groups.start * inChannels) / attrs.groups,
    ((groups.end - groups.start) * inChannels) / attrs.groups,
  );
  const axes = ([0, 1] as const).map((axis) => {
    const [stride, reach, extent] = [
      attrs.strides[axis],
      attrs.dilations[axis] * (kernel[axis] - 1),
      x.shape[2 + axis],
    ];
    const [first, end] = [size[axis].start + attrs.pads[axis], size[axis].end + attrs.pads[axis]];
    // The row of x at or before the region's begin is included even if no tap connects them: the result starts there.
    const earliest = Math.min(Math.ceil((first - reach) / stride), Math.floor(first / stride));
    const start = clamp(earliest, 0, extent - 1);
    const stop = clamp(Math.floor((end - 1) / stride) + 1, start + 1, extent);
    const whole = (stop - start - 1) * stride + reach + 1;
    return { range: { start, end: stop }, before: first - start * stride, after: whole - (end - start * stride) };
  });
  const [rows, columns] = axes;
  const ownFilters = perGroup === channels.end - channels.start || groups.end - groups.start > 1;
  return {
    id: name,
    op: "convTranspose2d",
    inputs: {
      x: cut(x, [images, source, rows.range, columns.range]),
      w: cut(w, [
        source,
        ownFilters ? span(0, perGroup) : span(channels.start - groups.start * perGroup, channels.end - channels.start),
        ...kernel.map((extent) => span(0, extent)),
      ]),
      bias: inputs.bias === undefined ? undefined : cut(tensorOf(inputs.bias), [channels]),
    },
    attrs: {
      ...attrs,
      pads: [rows.before, columns.before, Math.max(0, rows.after), Math.max(0, columns.after)] satisfies Pads2d,
      outputPads: [Math.max(0, -rows.after), Math.max(0, -columns.after)] satisfies Pair,
      groups: groups.end - groups.start,
    },
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function cropLinear({ inputs, attrs, name }: NodeOf<"linear">, region: Region, tensorOf: TensorOf): Crop {
  const [x, w] = [tensorOf(inputs.x), tensorOf(inputs.w)];
  const [features, all] = [region[region.length - 1], span(0, w.shape[1])];
  return {
    id: name,
    op: "linear",
    inputs: {
      x: cut(x, [...region.slice(0, -1), all]),
      w: cut(w, [features, all]),
      bias: inputs.bias === undefined ? undefined : cut(tensorOf(inputs.bias), [features]),
    },
    attrs,
  };
}

function cropPool(
  { op, inputs, attrs, name }: NodeOf<"maxPool2d"> | NodeOf<"avgPool2d">,
  [images, channels, ...size]: Region,
  tensorOf: TensorOf,
): Crop {
  const x = tensorOf(inputs.x);
  const dilations = "dilations" in attrs ? attrs.dilations : ([1, 1] as const);
  const [rows, columns] = ([0, 1] as const).map((axis) => {
    const { start, end } = size[axis];
    const first = start * attrs.strides[axis] - attrs.pads[axis];
    const last = (end - 1) * attrs.strides[axis] - attrs.pads[axis] + dilations[axis] * (attrs.kernel[axis] - 1);
    const extent = x.shape[2 + axis];
    const range = { start: Math.max(0, first), end: Math.min(extent, last + 1) };
    return { range, before: range.start - first, after: last + 1 - range.end };
  });
  return {
    id: name,
    op,
    inputs: { x: cut(x, [images, channels, rows.range, columns.range]) },
    attrs: { ...attrs, pads: [rows.before, columns.before, rows.after, columns.after] satisfies Pads2d },
  };
}

function cropUpsampled(
  { inputs, attrs, name }: NodeOf<"upsample">,
  [images, channels, ...size]: Region,
  tensorOf: TensorOf,
): Crop {
  const [rows, columns] = ([0, 1] as const).map((axis): Range => {
    const [start, end] = [size[axis].start / attrs.scales[axis], size[axis].end / attrs.scales[axis]];
    if (!Number.isInteger(start) || !Number.isInteger(end)) {
      throw new RangeError(`${size[axis].start} to ${size[axis].end} are no multiples of ${attrs.scales[axis]}`);
    }
    return { start, end };
  });
  return {
    id: name,
    op: "upsample",
    inputs: { x: cut(tensorOf(inputs.x), [images, channels, rows, columns]) },
    attrs,
  };
}
