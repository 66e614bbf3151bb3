import { readFile } from "node:fs/promises";
import {
  elementCount,
  float32,
  graphBuilder,
  uniform,
  type AnyInputs,
  type ConcreteShape,
  type Graph,
  type OpName,
  type TensorOf,
  type Value,
} from "@isoconv/core-spec";
import { readSafetensors, type StoredTensor } from "@isoconv/weights";

/** An entry of fixtures/golden/ops.json: see tools/golden/README.md. */
export interface GoldenCase {
  readonly id: string;
  readonly op: OpName;
  readonly inputs: Readonly<Record<string, ConcreteShape | readonly ConcreteShape[]>>;
  readonly ranges?: Readonly<Record<string, readonly [low: number, high: number]>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

const folder = new URL("../../../fixtures/golden/", import.meta.url);

/** What PyTorch answered in float64, by id. */
export async function readGoldens(name: string): Promise<ReadonlyMap<string, StoredTensor>> {
  return readSafetensors(await readFile(new URL(name, folder))).tensors;
}

export const goldenCases = JSON.parse(await readFile(new URL("ops.json", folder), "utf8")) as readonly GoldenCase[];

/** A graph of the case's one operation, with the feeds the case names. */
export function oneNode({ id, op, inputs, ranges, attrs }: GoldenCase): {
  readonly graph: Graph;
  readonly feeds: Readonly<Record<string, TensorOf<"float32">>>;
} {
  const g = graphBuilder("golden");
  const feeds: Record<string, TensorOf<"float32">> = {};
  const feed = (name: string, shape: ConcreteShape, operand: string): Value => {
    const [low, high] = ranges?.[operand] ?? [-1, 1];
    feeds[name] = float32(shape, uniform(1, `${id}/${name}`, elementCount(shape), low, high));
    return g.input(name, shape);
  };
  const operands: AnyInputs<Value> = Object.fromEntries(
    Object.entries(inputs).map(([operand, shape]) => [
      operand,
      isList(shape) ? shape.map((item, k) => feed(`${operand}/${k}`, item, operand)) : feed(operand, shape, operand),
    ]),
  );
  return { graph: g.build({ y: g.apply(op, operands, attrs) }), feeds };
}

function isList(shape: ConcreteShape | readonly ConcreteShape[]): shape is readonly ConcreteShape[] {
  return Array.isArray(shape[0]);
}
