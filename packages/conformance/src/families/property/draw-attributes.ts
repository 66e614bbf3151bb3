import {
  definitionOf,
  isIsoconvError,
  type Attribute,
  type AttributeValue,
  type OpName,
  type Shape,
} from "@isoconv/core-spec";
import type { Choose } from "./choose.js";
import type { DrawnWindow } from "./draw-window.js";

/** An operation's attributes, from its descriptors: boundary values, what lies near them, and what fits `x`. */
export function drawAttributes(
  op: OpName,
  x: Shape,
  window: DrawnWindow,
  choose: Choose,
): Readonly<Record<string, AttributeValue>> {
  const fitted = fit(op, x, window, choose);
  const drawn = Object.entries(definitionOf(op).attrs).map(([name, attribute]): [string, AttributeValue] => {
    if (Object.hasOwn(fitted, name)) return [name, fitted[name]];
    const options = [...attribute.boundary, ...attribute.boundary.flatMap(near)].filter(
      (value) => isFinite(value) && accepts(attribute, value),
    );
    return [name, choose(withDefaultFirst(drawLists(options, choose), attribute.fallback))];
  });
  return Object.fromEntries(drawn);
}

/** Fixed-length lists draw each entry by itself: what is found beside `[1, 2]` and `[2, 1]` is `[2, 2]`. */
function drawLists(options: readonly AttributeValue[], choose: Choose): readonly AttributeValue[] {
  const lists = options.filter((option) => typeof option === "object");
  if (lists.length === 0) return options;
  const entries = [...new Set(lists.flat())].toSorted((a, b) => a - b);
  return [lists[0].map(() => choose(entries))];
}

function withDefaultFirst(
  options: readonly AttributeValue[],
  fallback: AttributeValue | undefined,
): readonly AttributeValue[] {
  return fallback !== undefined && options.includes(fallback) ? [fallback, ...options] : options;
}

/** Infinite constants make infinite results, on which no bound holds. */
function isFinite(value: AttributeValue): boolean {
  return typeof value !== "number" || Number.isFinite(value);
}

function near(value: AttributeValue): readonly AttributeValue[] {
  if (typeof value !== "number") return [];
  return Number.isInteger(value) ? [value + 1, value + 0.25] : [value / 4, value * 1.5];
}

function accepts(attribute: Attribute<AttributeValue>, value: AttributeValue): boolean {
  try {
    attribute.parse(value, {});
    return true;
  } catch (error) {
    if (isIsoconvError(error, "INVALID_ATTRIBUTE")) return false;
    throw error;
  }
}

/** Attributes that only make sense together with the operand. */
function fit(op: OpName, x: Shape, window: DrawnWindow, choose: Choose): Readonly<Record<string, AttributeValue>> {
  const axes = x.map((_, axis) => axis);
  // A symbolic batch can be neither cut nor averaged nor moved.
  const inner = axes.slice(1);
  switch (op) {
    case "maxPool2d":
    case "avgPool2d":
      return { ...window };
    case "conv2d":
    case "convTranspose2d":
      return { ...window, groups: choose(upTo(Number(x[1])).filter((groups) => Number(x[1]) % groups === 0)) };
    case "softmax":
    case "logSoftmax":
      return { axis: choose([...axes].toReversed()) };
    case "concat":
    case "flatten":
    case "layerNorm":
      return { axis: choose(inner) };
    case "mean":
      return { axes: choose([[axes.length - 1], inner, inner.slice(0, 1), inner.slice(-2)]) };
    case "transpose":
      return { permutation: [0, ...choose([inner.toReversed(), rotate(inner), rotate(rotate(inner))])] };
    case "reshape":
      return { shape: choose(otherShapes(x)) };
    case "slice": {
      const axis = choose(inner);
      const extent = Number(x[axis]);
      const start = choose([0, 1, 2].filter((from) => from < extent));
      const end = choose(upTo(extent - start).toReversed()) + start;
      return { axes: [axis], starts: [start], ends: [end] };
    }
    default:
      return {};
  }
}

function upTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

function rotate(list: readonly number[]): readonly number[] {
  return [...list.slice(1), ...list.slice(0, 1)];
}

/** Shapes of the same elements, the batch kept. */
function otherShapes(x: Shape): readonly (readonly number[])[] {
  const rest = x.slice(1).map(Number);
  const count = rest.reduce((product, extent) => product * extent, 1);
  const halves = count % 2 === 0 ? [[-1, 2, count / 2]] : [];
  return [[-1, count], [-1, ...rest.toReversed()], [-1, 1, count], ...halves];
}
