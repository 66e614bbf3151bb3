import { docOf, type OpName, type Shape } from "@isoconv/core-spec";
import type { Role } from "./roles.js";

/** The extents and attributes that a subject must have; the others are small. */
export interface Wanted {
  readonly extents: Readonly<Partial<Record<Role, number>>>;
  readonly bias?: boolean;
  readonly activation?: "relu";
}

/** One application of an operation. */
export interface Subject {
  readonly shapes: Readonly<Record<string, Shape | readonly Shape[] | undefined>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

type Extents = Wanted["extents"];
type Build = (wanted: Wanted) => Subject;

/**
 * The smallest application of an operation with the extents asked for. It may miss an extent that others rule out, such
 * as a number of elements that the groups do not divide: the caller measures.
 */
export function subjectOf(op: OpName, wanted: Wanted): Subject {
  const build = builds[op];
  return build === undefined ? anyShape(op, wanted.extents) : build(wanted);
}

/** `[N, C, H, W]` */
function imageOf({ elements, ...wanted }: Extents, least: readonly [number, number] = [3, 4]): readonly number[] {
  if (elements !== undefined) return [1, 1, 1, elements];
  const width = wanted.width ?? wanted["row length"] ?? least[1];
  return [wanted.batch ?? 2, wanted.channels ?? 3, wanted.height ?? least[0], width];
}

/** A shape of the rank and the extents asked for; an image if a height or a width is. */
function lineOf(wanted: Extents): readonly number[] {
  if (wanted.rank !== undefined) return Array.from({ length: wanted.rank }, (_, axis) => 2 + (axis % 2));
  if (wanted.elements !== undefined) return [wanted.elements];
  return [wanted.batch ?? 2, wanted.channels ?? 3, wanted["row length"] ?? 4];
}

const reversed = (rank: number): readonly number[] => Array.from({ length: rank }, (_, axis) => rank - 1 - axis);

function anyShape(op: OpName, wanted: Extents): Subject {
  const x = lineOf(wanted);
  return { shapes: { x }, attrs: docOf(op).example.attrs };
}

/** The smallest input on which a window yields `least` results along an axis. */
function windowed(kernel: number, stride: number, dilation: number, padding: number, least = 3): number {
  return Math.max(1, (least - 1) * stride + (kernel - 1) * dilation + 1 - 2 * padding);
}

/** Two factors of a number, as near to each other as it has them. */
function factors(product: number): readonly [number, number] {
  let factor = Math.floor(Math.sqrt(product));
  while (product % factor !== 0) factor -= 1;
  return [factor, product / factor];
}

function kernelOf(wanted: Extents, fallback: number): readonly [number, number] {
  const { taps } = wanted;
  if (taps !== undefined) {
    const side = Math.ceil(Math.sqrt(taps));
    return [side, Math.ceil(taps / side)];
  }
  const isFree = [wanted.elements, wanted.products, wanted["filter elements"]].every((extent) => extent === undefined);
  const only = isFree ? fallback : 1;
  const isRow = wanted["kernel height"] === 1;
  return [wanted["kernel height"] ?? only, wanted["kernel width"] ?? (isRow ? 3 : only)];
}

function convolution(isTransposed: boolean): Build {
  return ({ extents: wanted, bias = true, activation }) => {
    const kernel = kernelOf(wanted, 3);
    const [stride, dilation, padding] = [wanted.stride ?? 1, wanted.dilation ?? 1, wanted.padding ?? 0];
    const groups = wanted.groups ?? 1;
    const [rows, columns] = factors(wanted["filter elements"] ?? (wanted.elements === undefined ? 4 : 1));
    const perGroup =
      wanted["channels in per group"] ??
      wanted.products ??
      (wanted.channels === undefined ? columns : Math.ceil(wanted.channels / groups));
    const filters = wanted["channels out"] ?? rows;
    const outPerGroup = Math.max(1, Math.ceil(filters / groups));
    const least = (axis: 0 | 1): number =>
      isTransposed ? Math.max(3, 2 * padding + 1) : windowed(kernel[axis], stride, dilation, padding);
    const size: readonly [number, number] = [
      wanted.height ?? (wanted.elements === undefined ? least(0) : 1),
      wanted.width ?? wanted["row length"] ?? elementsWidth(wanted, stride, isTransposed) ?? least(1),
    ];
    const channels = perGroup * groups;
    const x = [wanted.batch ?? (wanted.elements === undefined ? 2 : 1), channels, ...size];
    const w = isTransposed ? [channels, outPerGroup, ...kernel] : [outPerGroup * groups, perGroup, ...kernel];
    return {
      shapes: { x, w, bias: bias ? [outPerGroup * groups] : undefined },
      attrs: {
        strides: [stride, stride],
        dilations: [dilation, dilation],
        pads: [padding, padding, padding, padding],
        groups,
        ...(activation === undefined ? {} : { activation }),
      },
    };
  };
}

/** The width of one row of that many results of a kernel of one column. */
function elementsWidth({ elements }: Extents, stride: number, isTransposed: boolean): number | undefined {
  if (elements === undefined) return undefined;
  return isTransposed ? Math.floor((elements - 1) / stride) + 1 : (elements - 1) * stride + 1;
}

function pool(hasDilation: boolean): Build {
  return ({ extents: wanted }) => {
    const kernel = kernelOf(wanted, 2);
    const stride = wanted.stride ?? 1;
    // Pads must be smaller than the kernel.
    const padding = wanted.padding ?? 0;
    const roomy = kernel.map((extent) => Math.max(extent, padding + 1));
    const dilation = wanted.dilation ?? 1;
    const least = roomy.map((extent) => windowed(extent, stride, dilation, padding));
    const width = elementsWidth(wanted, stride, false);
    return {
      shapes: { x: width === undefined ? imageOf(wanted, [least[0], least[1]]) : [1, 1, 1, width] },
      attrs: {
        kernel: roomy,
        strides: [stride, stride],
        pads: [padding, padding, padding, padding],
        ...(hasDilation ? { dilations: [dilation, dilation] } : {}),
      },
    };
  };
}

/** An operation along the last axis. */
function alongLast(attrs: (axis: number) => Readonly<Record<string, unknown>>, hasScale: boolean): Build {
  return ({ extents: wanted }) => {
    const reduced = wanted["reduced extent"];
    const line = reduced === undefined ? lineOf(wanted) : [wanted.batch ?? 2, reduced];
    const x = line.length === 1 ? [...line, 1].toReversed() : line;
    const axis = x.length - 1;
    return {
      shapes: { x, ...(hasScale ? { scale: [x[axis]], offset: [x[axis]] } : {}) },
      attrs: attrs(axis),
    };
  };
}

function imageOp(attrs: (wanted: Extents) => Readonly<Record<string, unknown>>): Build {
  return ({ extents: wanted }) => {
    const reduced = wanted["reduced extent"];
    const x = reduced === undefined ? imageOf(wanted) : [wanted.batch ?? 2, 3, 1, reduced];
    return { shapes: { x }, attrs: attrs(wanted) };
  };
}

const binary: Build = ({ extents }) => ({ shapes: { a: lineOf(extents), b: lineOf(extents) }, attrs: {} });

const builds: Readonly<Partial<Record<OpName, Build>>> = {
  conv2d: convolution(false),
  convTranspose2d: convolution(true),
  linear: ({ extents: wanted, bias = true, activation }) => {
    const [outputs, columns] = factors(wanted["filter elements"] ?? 6);
    const features = wanted.products ?? wanted["row length"] ?? columns;
    const leading = wanted.rank === undefined ? [] : Array.from({ length: Math.max(0, wanted.rank - 2) }, () => 2);
    return {
      shapes: {
        x: [wanted.batch ?? (wanted.elements === undefined ? 2 : 1), ...leading, features],
        w: [wanted.elements ?? outputs, features],
        bias: bias ? [wanted.elements ?? outputs] : undefined,
      },
      attrs: activation === undefined ? {} : { activation },
    };
  },
  maxPool2d: pool(true),
  avgPool2d: pool(false),
  globalAvgPool2d: imageOp(() => ({})),
  adaptiveAvgPool2d: ({ extents: wanted }) => {
    const out = wanted["output extent"] ?? 2;
    const size = wanted.elements === undefined ? imageOf(wanted, [out + 1, 2 * out]) : [1, wanted.elements, 2, 2];
    return { shapes: { x: size }, attrs: { outputSize: wanted.elements === undefined ? [out, out] : [1, 1] } };
  },
  batchNorm: ({ extents: wanted }) => {
    const x = imageOf(wanted);
    const each = [x[1]];
    return { shapes: { x, mean: each, variance: each, scale: each, offset: each }, attrs: { epsilon: 1e-5 } };
  },
  lrn: imageOp(() => ({ size: 3, alpha: 1 })),
  layerNorm: alongLast((axis) => ({ axis, epsilon: 1e-5 }), true),
  softmax: alongLast((axis) => ({ axis }), false),
  logSoftmax: alongLast((axis) => ({ axis }), false),
  mean: ({ extents: wanted }) => {
    const { elements, ...others } = wanted;
    const reduced = wanted["reduced extent"];
    const x = reduced === undefined ? lineOf(others) : [wanted.batch ?? 2, reduced];
    return elements === undefined
      ? { shapes: { x }, attrs: { axes: [x.length - 1] } }
      : { shapes: { x: [elements, 2] }, attrs: { axes: [1] } };
  },
  add: binary,
  mul: binary,
  prelu: ({ extents: wanted }) => {
    const line = lineOf(wanted);
    const x = line.length === 1 ? [1, ...line] : line;
    return { shapes: { x, slope: [x[1]] }, attrs: {} };
  },
  concat: ({ extents: wanted }) => {
    const x = lineOf(wanted);
    const axis = x.length > 1 ? 1 : 0;
    const { elements, operands = 2 } = wanted;
    const parts = elements === undefined ? Array.from({ length: operands }, () => x) : [[elements - 1], [1]];
    return { shapes: { xs: parts }, attrs: { axis } };
  },
  slice: ({ extents: wanted }) => {
    const last = Math.max(0, lineOf(wanted).length - 1);
    const x = lineOf(wanted).map((extent, axis) =>
      axis === last && wanted.elements !== undefined ? extent + 1 : extent,
    );
    return { shapes: { x }, attrs: { axes: [last], starts: [1], ends: [x[last]] } };
  },
  reshape: ({ extents: wanted }) => ({ shapes: { x: lineOf(wanted) }, attrs: { shape: [-1] } }),
  flatten: ({ extents: wanted }) => {
    const x = lineOf(wanted);
    return { shapes: { x: x.length === 1 ? [1, ...x] : x }, attrs: {} };
  },
  transpose: ({ extents: wanted }) => {
    const { elements } = wanted;
    const x = elements === undefined ? lineOf(wanted) : [2, Math.ceil(elements / 2)];
    return { shapes: { x }, attrs: { permutation: reversed(x.length) } };
  },
  pad2d: ({ extents: wanted }) => {
    const { elements, padding = 2 } = wanted;
    return elements === undefined
      ? { shapes: { x: imageOf(wanted) }, attrs: { pads: [1, 0, padding, 1] } }
      : { shapes: { x: [1, 1, 1, Math.max(1, elements - 1)] }, attrs: { pads: [0, 1, 0, 0] } };
  },
  upsample: ({ extents: wanted }) => {
    const { elements, scale = 2 } = wanted;
    return elements === undefined
      ? { shapes: { x: imageOf(wanted) }, attrs: { scales: [scale, scale] } }
      : { shapes: { x: [1, 1, 1, elements] }, attrs: { scales: [1, 1] } };
  },
};
