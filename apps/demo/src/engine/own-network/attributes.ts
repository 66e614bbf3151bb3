import { IsoconvError, type Location } from "@isoconv/core-spec";
import type { AdaptiveOutputSize, Module, PairLike } from "@isoconv/nn";
import { plainValue, type JsonNode } from "./read-json.js";

/** The context in which an attribute is read. */
export interface Reading {
  /** The attribute's name and position, for errors. */
  readonly at: Location;
  /** Reads a list of layers. */
  readonly layers: (node: JsonNode) => Module;
}

/**
 * Reads the value of an attribute and checks its kind. The layer checks its range.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`
 */
export type Reader<T> = (node: JsonNode, reading: Reading) => T;

export const number: Reader<number> = (node, { at }) => {
  if (node.kind === "plain" && typeof node.value === "number") return node.value;
  throw unlike(node, at, "a number");
};

export const flag: Reader<boolean> = (node, { at }) => {
  if (node.kind === "plain" && typeof node.value === "boolean") return node.value;
  throw unlike(node, at, "true or false");
};

export const numbers: Reader<readonly number[]> = (node, reading) => {
  if (node.kind === "list") return node.items.map((item) => number(item, reading));
  throw unlike(node, reading.at, "a list of numbers");
};

export const pairLike: Reader<PairLike> = (node, { at }) => {
  const pair = pairOf(node, isNumber);
  if (pair !== undefined) return pair;
  if (isNumber(node)) return node.value;
  throw unlike(node, at, "a number or [height, width]");
};

export const padding: Reader<PairLike | "same" | "valid"> = (node, reading) => {
  if (node.kind === "plain" && (node.value === "same" || node.value === "valid")) return node.value;
  if (node.kind === "plain" && typeof node.value !== "number") {
    throw unlike(node, reading.at, 'a number, [height, width], "same" or "valid"');
  }
  return pairLike(node, reading);
};

export const adaptiveSize: Reader<AdaptiveOutputSize> = (node, { at }) => {
  const pair = pairOf(node, isExtent);
  if (pair !== undefined) return pair;
  if (isNumber(node)) return node.value;
  throw unlike(node, at, "a number or [height, width], null keeping an extent");
};

export const layers: Reader<Module> = (node, reading) => reading.layers(node);

export const branches: Reader<readonly Module[]> = (node, reading) => {
  if (node.kind === "list") return node.items.map(reading.layers);
  throw unlike(node, reading.at, "a list of lists of layers");
};

/** @throws IsoconvError `INVALID_ATTRIBUTE` */
export function unlike(node: JsonNode, at: Location, expected: string): IsoconvError {
  const what = "not the kind of value that the attribute takes";
  return new IsoconvError("INVALID_ATTRIBUTE", { ...at, what, expected, received: plainValue(node) });
}

type Plain<T> = JsonNode & { readonly kind: "plain"; readonly value: T };

function isNumber(node: JsonNode): node is Plain<number> {
  return node.kind === "plain" && typeof node.value === "number";
}

function isExtent(node: JsonNode): node is Plain<number | null> {
  return isNumber(node) || (node.kind === "plain" && node.value === null);
}

function pairOf<T>(node: JsonNode, is: (item: JsonNode) => item is Plain<T>): readonly [T, T] | undefined {
  if (node.kind !== "list") return undefined;
  const [height, width, ...more] = node.items;
  if (height === undefined || width === undefined || more.length > 0) return undefined;
  return is(height) && is(width) ? [height.value, width.value] : undefined;
}
