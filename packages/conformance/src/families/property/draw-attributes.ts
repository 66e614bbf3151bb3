import {
  definitionOf,
  isIsoconvError,
  type Attribute,
  type AttributeValue,
  type OpName,
  type Shape,
} from "@isoconv/core-spec";
import { casesOf } from "../../ops/index.js";
import type { Choose } from "./choose.js";
import type { DrawnWindow } from "./draw-window.js";

/** Draws an operation's attributes from its descriptors: boundary values, values near them, and values that fit `x`. */
export function drawAttributes(
  op: OpName,
  x: Shape,
  window: DrawnWindow,
  choose: Choose,
): Readonly<Record<string, AttributeValue>> {
  const fitted = casesOf(op).random.attributes?.(x, window, choose) ?? {};
  const drawn = Object.entries(definitionOf(op).attrs).map(([name, attribute]): [string, AttributeValue] => {
    if (Object.hasOwn(fitted, name)) return [name, fitted[name]];
    const options = [...attribute.boundary, ...attribute.boundary.flatMap(near)].filter(
      (value) => isFinite(value) && accepts(attribute, value),
    );
    return [name, choose(withDefaultFirst(drawLists(options, choose), attribute.fallback))];
  });
  return Object.fromEntries(drawn);
}

/** Draws each entry of a fixed-length list separately: from `[1, 2]` and `[2, 1]` also `[2, 2]`. */
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

/** Infinite constants give infinite results, for which there is no bound. */
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
