import type { ConcreteShape, GraphBuilder, OpName, Shape, Value } from "@isoconv/core-spec";

/** What a stage needs besides its operand. */
export interface Site {
  readonly g: GraphBuilder;
  /** The first value of the motif. */
  readonly entry: Value;
  /** A weight of the stage, given by the variant; the same value for the same stem. */
  readonly weight: (stem: string, shape: ConcreteShape) => Value;
}

/** A node, or a few that belong together: from one value to the next. */
export type Stage = (x: Value, site: Site) => Value;

/** Neighbouring operations that a runtime or a pass may turn into fewer. */
export interface Motif {
  readonly name: string;
  readonly x: Shape;
  readonly stages: readonly Stage[];
}

export function motif(name: string, x: Shape, ...stages: readonly Stage[]): Motif {
  return { name, x, stages };
}

/** An image whose width is its number of channels, so that constants for channels and for columns fit both. */
export const image: Shape = ["N", 4, 5, 4];

/** A node of one operand. */
export const op =
  (name: OpName, attrs: Readonly<Record<string, unknown>> = {}): Stage =>
  (x, { g }) =>
    g.apply(name, { x }, attrs);

export const relu: Stage = op("relu");

interface Filters {
  readonly out?: number;
  readonly kernel?: readonly [number, number];
  readonly groups?: number;
  readonly bias?: boolean;
  readonly [attribute: string]: unknown;
}

/** A convolution; other members are attributes. By default it keeps the image's shape. */
export const conv =
  ({ out = 4, kernel = [3, 3], groups = 1, bias = true, ...attrs }: Filters = {}): Stage =>
  (x, { g, weight }) =>
    g.apply(
      "conv2d",
      {
        x,
        w: weight("w", [out, Number(x.shape[1]) / groups, ...kernel]),
        ...(bias ? { bias: weight("bias", [out]) } : {}),
      },
      {
        pads: kernel.flatMap((extent) => [(extent - 1) >> 1]).concat(kernel.map((extent) => extent >> 1)),
        groups,
        ...attrs,
      },
    );

/** A batch norm; statistics of either sign but for the variance. */
export const norm: Stage = (x, { g, weight }) => {
  const vector = (stem: string): Value => weight(stem, [Number(x.shape[1])]);
  const inputs = {
    x,
    mean: vector("mean"),
    variance: vector("variance"),
    scale: vector("scale"),
    offset: vector("offset"),
  };
  return g.batchNorm(inputs, { epsilon: 1e-2 });
};

export const transposedConv: Stage = (x, { g, weight }) => {
  const inputs = { x, w: weight("w", [Number(x.shape[1]), 3, 2, 2]), bias: weight("bias", [3]) };
  return g.convTranspose2d(inputs, { strides: [2, 1] });
};

export const prelu: Stage = (x, { g, weight }) => g.prelu({ x, slope: weight("slope", [Number(x.shape[1])]) });

export const linear =
  (out: number, { bias = true, ...attrs }: { readonly bias?: boolean; readonly activation?: string } = {}): Stage =>
  (x, { g, weight }) =>
    g.apply(
      "linear",
      { x, w: weight("w", [out, Number(x.shape.at(-1))]), ...(bias ? { bias: weight("bias", [out]) } : {}) },
      attrs,
    );

/** `x + c`. */
export const plus =
  (...shape: ConcreteShape): Stage =>
  (x, { g, weight }) =>
    g.add({ a: x, b: weight("c", shape) });

/** `c · x`. */
export const times =
  (...shape: ConcreteShape): Stage =>
  (x, { g, weight }) =>
    g.mul({ a: weight("c", shape), b: x });

/** Adds the motif's first value, as residual blocks do. */
export const plusEntry: Stage = (x, { g, entry }) => g.add({ a: x, b: entry });

/** Multiplies by the motif's first value. */
export const timesEntry: Stage = (x, { g, entry }) => g.mul({ a: entry, b: x });

export const clip = (min: number, max: number): Stage => op("clip", { min, max });
export const pad = (pads: readonly number[], value = 0): Stage => op("pad2d", { pads, value });
export const transpose = (...permutation: readonly number[]): Stage => op("transpose", { permutation });
export const reshape = (...shape: readonly number[]): Stage => op("reshape", { shape });
export const slice = (axes: readonly number[], starts: readonly number[], ends: readonly number[]): Stage =>
  op("slice", { axes, starts, ends });
export const maxPool = (attrs: Readonly<Record<string, unknown>> = {}): Stage =>
  op("maxPool2d", { kernel: [2, 2], strides: [2, 1], ...attrs });
export const avgPool = (attrs: Readonly<Record<string, unknown>> = {}): Stage =>
  op("avgPool2d", { kernel: [2, 2], strides: [2, 1], ...attrs });
