import { IsoconvError, type Location } from "./error.js";
import { formatShape, type Dim, type Shape } from "./shape.js";

/** How many values an operand takes: exactly one, at most one, or one or more. */
export type Arity = "one" | "optional" | "many";

/** What an operand is for: `data` flows through a network, a `parameter` is fixed when it is compiled. */
export type OperandRole = "data" | "parameter";

/** One named input of an operation: how many values it takes, what they are for and which shapes they may have. */
export interface Operand<A extends Arity, S extends Shape> {
  readonly arity: A;
  readonly role: OperandRole;
  /** The accepted layout, as documentation writes it: `[N, C, H, W]`. */
  readonly layout: string;
  /** @throws IsoconvError `INVALID_SHAPE` */
  check(shape: Shape, at: Location): S;
}

/** An operation's operands by name. */
export type OperandSchema = Readonly<Record<string, Operand<Arity, Shape>>>;

/** Operands by name, each a value, a list of values, or possibly absent. */
export type OperandValues<S, V> = {
  readonly [K in keyof S as S[K] extends Operand<"optional", Shape> ? never : K]: S[K] extends Operand<"many", Shape>
    ? readonly V[]
    : V;
} & { readonly [K in keyof S as S[K] extends Operand<"optional", Shape> ? K : never]?: V | undefined };

type ShapeOf<O> = O extends { check(shape: Shape, at: Location): infer S } ? S : never;

/** The shapes of an operation's operands, with the types that its descriptors promise. */
export type OperandShapes<S> = {
  readonly [K in keyof S as S[K] extends Operand<"optional", Shape> ? never : K]: S[K] extends Operand<"many", Shape>
    ? readonly ShapeOf<S[K]>[]
    : ShapeOf<S[K]>;
} & { readonly [K in keyof S as S[K] extends Operand<"optional", Shape> ? K : never]?: ShapeOf<S[K]> | undefined };

/** Batch, channels, height, width. */
export type Nchw = readonly [batch: Dim, channels: number, height: number, width: number];
/** Output channels, input channels per group, kernel height, kernel width. */
export type Oihw = readonly [outChannels: number, inChannels: number, height: number, width: number];
/** Rows, columns. */
export type Matrix = readonly [rows: number, columns: number];
/** One extent. */
export type Vector = readonly [length: number];

function refuse(at: Location, layout: string, shape: Shape): never {
  throw new IsoconvError("INVALID_SHAPE", {
    ...at,
    what: "operand of the wrong shape",
    expected: layout,
    received: formatShape(shape),
  });
}

const isPositive = (extent: Dim | undefined): extent is number => typeof extent === "number" && extent >= 1;

/** An activation `[N, C, H, W]`; the batch may be empty or symbolic, the rest is at least 1. */
export function nchw(): Operand<"one", Nchw> {
  const layout = "[N, C, H, W] with C, H, W ≥ 1";
  return {
    arity: "one",
    role: "data",
    layout,
    check(shape, at) {
      const [batch, channels, height, width] = shape;
      if (
        shape.length !== 4 ||
        batch === undefined ||
        !isPositive(channels) ||
        !isPositive(height) ||
        !isPositive(width)
      ) {
        return refuse(at, layout, shape);
      }
      return [batch, channels, height, width];
    },
  };
}

/** A filter bank, a parameter; every extent is known and at least 1. */
export function filter(layout: "[O, I, kH, kW]" | "[I, O, kH, kW]"): Operand<"one", Oihw> {
  return {
    arity: "one",
    role: "parameter",
    layout,
    check(shape, at) {
      const [first, second, height, width] = shape;
      if (
        shape.length !== 4 ||
        !isPositive(first) ||
        !isPositive(second) ||
        !isPositive(height) ||
        !isPositive(width)
      ) {
        return refuse(at, `${layout} with every extent ≥ 1`, shape);
      }
      return [first, second, height, width];
    },
  };
}

/** A parameter of two axes whose extents are known and at least 1. */
export function matrix(layout: string): Operand<"one", Matrix> {
  return {
    arity: "one",
    role: "parameter",
    layout,
    check(shape, at) {
      const [rows, columns] = shape;
      if (shape.length !== 2 || !isPositive(rows) || !isPositive(columns)) return refuse(at, layout, shape);
      return [rows, columns];
    },
  };
}

/** A parameter with one number per channel or feature. */
export function vector(layout: string): Operand<"one", Vector> {
  return {
    arity: "one",
    role: "parameter",
    layout,
    check(shape, at) {
      const [length] = shape;
      if (shape.length !== 1 || !isPositive(length)) return refuse(at, layout, shape);
      return [length];
    },
  };
}

/** An activation of any rank ≥ `minRank`; extents may be 0. */
export function tensor(minRank = 0): Operand<"one", Shape> {
  const layout = minRank === 0 ? "any shape" : `rank ≥ ${minRank}`;
  return {
    arity: "one",
    role: "data",
    layout,
    check: (shape, at) => (shape.length < minRank ? refuse(at, layout, shape) : shape),
  };
}

/** Makes an operand optional. */
export function optional<S extends Shape>(operand: Operand<"one", S>): Operand<"optional", S> {
  return { ...operand, arity: "optional" };
}

/** An operand of one or more values in order. */
export function many<S extends Shape>(operand: Operand<"one", S>): Operand<"many", S> {
  return { ...operand, arity: "many" };
}
