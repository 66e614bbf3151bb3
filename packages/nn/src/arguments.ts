import {
  integer,
  IsoconvError,
  nchw,
  pair,
  type Location,
  type OpName,
  type Pair,
  type Value,
} from "@isoconv/core-spec";
import type { Scope } from "./module.js";

/** One number for both axes, or `[height, width]`. */
export type PairLike = number | Pair;

/** The place of a layer's argument, for errors. */
export function locate(scope: Scope, op: OpName): Location {
  return { op, ...(scope.path === "" ? {} : { node: scope.path }) };
}

const COUNT = integer({ min: 1 });
/** By their least extent. */
const PAIRS = [pair({ min: 0 }), pair({ min: 1 })] as const;

/** @throws IsoconvError `INVALID_ATTRIBUTE` unless both are integers ≥ `min` */
export function parsePair(value: PairLike, name: string, min: 0 | 1, at: Location): Pair {
  const both = typeof value === "number" ? [value, value] : value;
  return PAIRS[min].parse(both, { ...at, path: name });
}

/** @throws IsoconvError `INVALID_ATTRIBUTE` unless an integer ≥ 1 */
export function parseCount(value: number, name: string, at: Location): number {
  return COUNT.parse(value, { ...at, path: name });
}

/**
 * An axis of a value; a negative one counts from the last, as in PyTorch.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` unless an integer in [−rank, rank)
 */
export function parseAxis(axis: number, { shape }: Value, name: string, at: Location): number {
  const rank = shape.length;
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    ...at,
    path: name,
    what: "axis outside the operand",
    expected: `an integer in [${-rank}, ${rank - 1}]`,
    received: axis,
  });
}

const image = nchw();

/** Height and width of `[N, C, H, W]`. @throws IsoconvError `INVALID_SHAPE` for another rank */
export function imageSize(x: Value, at: Location): Pair {
  const [, , height, width] = image.check(x.shape, { ...at, path: "inputs.x" });
  return [height, width];
}
