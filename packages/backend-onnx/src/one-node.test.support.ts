import { readFile } from "node:fs/promises";
import {
  elementCount,
  float32,
  graphBuilder,
  uniform,
  type AnyInputs,
  type ConcreteShape,
  type Feeds,
  type Graph,
  type OpName,
  type TensorOf,
  type Value,
} from "@isoconv/core-spec";

/** One operation on operands of given shapes; an entry of fixtures/golden/ops.json. */
export interface OpCase {
  readonly id: string;
  readonly op: OpName;
  readonly inputs: Readonly<Record<string, ConcreteShape | readonly ConcreteShape[]>>;
  readonly ranges?: Readonly<Record<string, readonly [low: number, high: number]>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

const opsJson = new URL("../../../fixtures/golden/ops.json", import.meta.url);

/** The attribute combinations that PyTorch's answers are kept for, the traps of semantics.md among them. */
export const goldenCases = JSON.parse(await readFile(opsJson, "utf8")) as readonly OpCase[];

export interface Fed {
  readonly graph: Graph;
  readonly feeds: Feeds;
}

export type Filler = (name: string, shape: ConcreteShape, range: readonly [low: number, high: number]) => Float32Array;

/** Real numbers of the case's range. */
export const reals: Filler = (name, shape, [low, high]) => uniform(1, name, elementCount(shape), low, high);

/** Integers −2 … 2, whose products and sums any order of additions gets exactly. */
export const lattice: Filler = (name, shape) => uniform(1, name, elementCount(shape), -2.5, 2.5).map(Math.round);

/** A graph of the case's one operation, every operand an input. */
export function oneNode({ id, op, inputs, ranges, attrs }: OpCase, fill: Filler = reals): Fed {
  const g = graphBuilder("case");
  const feeds: Record<string, TensorOf<"float32">> = {};
  const feed = (name: string, operand: string, shape: ConcreteShape): Value => {
    feeds[name] = float32(shape, fill(`${id}/${name}`, shape, ranges?.[operand] ?? [-1, 1]));
    return g.input(name, shape);
  };
  const operands: AnyInputs<Value> = Object.fromEntries(
    Object.entries(inputs).map(([operand, shape]) => [
      operand,
      isList(shape) ? shape.map((item, k) => feed(`${operand}/${k}`, operand, item)) : feed(operand, operand, shape),
    ]),
  );
  return { graph: g.build({ y: g.apply(op, operands, attrs, "y") }), feeds };
}

function isList(shape: ConcreteShape | readonly ConcreteShape[]): shape is readonly ConcreteShape[] {
  return Array.isArray(shape[0]);
}
