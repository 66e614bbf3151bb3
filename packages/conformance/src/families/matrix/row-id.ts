import { definitionOf, type OpName } from "@isoconv/core-spec";
import type { Axes, Row } from "./covering-array.js";
import { choiceKey, type Choice } from "./axes.js";

/** Short names of common axes, in the order of an id; other axes follow with their full names. */
const SHORT: Readonly<Record<string, string>> = {
  kernel: "k",
  strides: "s",
  pads: "p",
  dilations: "d",
  groups: "g",
  batch: "n",
  channels: "c",
  inPerGroup: "i",
  outPerGroup: "o",
  inFeatures: "i",
  outFeatures: "o",
};

/**
 * A row as the last part of a case id: `k3-s2x1-p1-d1x2`. Attributes with their default are left out, as are the first
 * values of other axes except the kernel; equal pairs and pads are written once.
 */
export function rowId(op: OpName, axes: Axes<Choice>, row: Row<Choice>): string {
  const { attrs } = definitionOf(op);
  const isUsual = (axis: string): boolean => {
    const attribute = attrs[axis];
    const usual = attribute === undefined ? axes[axis]?.[0] : attribute.fallback;
    return axis !== "kernel" && choiceKey(usual) === choiceKey(row[axis]);
  };
  const order = Object.keys(SHORT);
  const rank = (axis: string): number => (Object.hasOwn(SHORT, axis) ? order.indexOf(axis) : order.length);
  const parts = Object.entries(row)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .filter(([axis]) => !isUsual(axis))
    .map(([axis, value]) =>
      typeof value === "boolean" ? (value ? axis : `no-${axis}`) : `${SHORT[axis] ?? axis}${spell(value)}`,
    );
  return parts.length === 0 ? "default" : parts.join("-");
}

function spell(value: Choice): string {
  if (typeof value === "string") return value === "N" ? "N" : `.${value.replaceAll(" ", ".")}`;
  if (typeof value !== "object") return spellNumber(Number(value));
  if (value.length === 0) return "0d";
  const [first] = value;
  const isSquare = (value.length === 2 || value.length === 4) && value.every((each) => each === first);
  return isSquare
    ? String(first)
    : value.map((each) => (typeof each === "number" ? spellNumber(each) : each)).join("x");
}

/** Replaces signs, because a minus would look like a separator and names must not contain a plus. */
function spellNumber(value: number): string {
  return String(value).replace("Infinity", "inf").replace("+", "").replaceAll("-", "m");
}
