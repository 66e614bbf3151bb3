import { elementCount, type ConcreteShape, type Handler, type KernelSite, type OpName } from "@isoconv/core-spec";
import type { Summation } from "./summation.js";

/** A value of the oracle: float64 elements in row-major order. */
export interface OracleArray {
  readonly shape: ConcreteShape;
  readonly value: Float64Array;
  /**
   * The operation's magnitude `M`, element by element, computed on the operation's own inputs and defined by the
   * registry's `magnitude`. Absent where the registry defines none.
   */
  readonly magnitude?: Float64Array;
  /**
   * The largest partial result of each element in absolute value, where it may exceed the magnitude: sums before they are
   * divided, squares, and reciprocals of variances.
   */
  readonly partial?: Float64Array;
}

/** A result with its magnitude. */
export type Measured = OracleArray & Required<Pick<OracleArray, "magnitude">>;

/** What an operation receives besides its operands and attributes. */
export interface OracleSite extends Omit<KernelSite, "executable"> {
  /** How sums are formed; exactly by default. */
  readonly summation?: Summation;
}

/** One operation in float64. */
export type OracleOp<K extends OpName> = Handler<K, OracleArray, OracleSite>;

/** A kernel for every operation of the registry. */
export type OracleTable = { readonly [K in OpName]: OracleOp<K> };

/** Zeros to be filled in: a value and its magnitude. */
export function zeros(shape: ConcreteShape): Measured {
  const count = elementCount(shape);
  return { shape, value: new Float64Array(count), magnitude: new Float64Array(count) };
}

/** {@link zeros}, and the largest partial results to be filled in. */
export function zerosWithPartial(shape: ConcreteShape): Required<OracleArray> {
  return { ...zeros(shape), partial: new Float64Array(elementCount(shape)) };
}

/** Applies a function to every element; `magnitude`, if given, is a function of the element too. */
export function mapElements(x: OracleArray, f: (x: number) => number, magnitude?: (x: number) => number): OracleArray {
  const { shape } = x;
  const value = apply(x.value, f);
  return magnitude === undefined ? { shape, value } : { shape, value, magnitude: apply(x.value, magnitude) };
}

function apply(values: Float64Array, f: (x: number) => number): Float64Array {
  const results = new Float64Array(values.length);
  for (let k = 0; k < values.length; k += 1) results[k] = f(values[k]);
  return results;
}
