import type { LoweringTable, Node, Shape } from "@isoconv/core-spec";
import type { Attributes } from "../model/attributes.js";

/** A value of the ONNX graph; only the batch of its shape may be symbolic. */
export interface Operand {
  readonly name: string;
  readonly shape: Shape;
}

/** A use of a value by a node. */
export interface Reader {
  readonly node: Node;
  /** The operand's name, for example `x`. */
  readonly operand: string;
}

/** Operands of an ONNX node by name; `undefined` leaves an optional one out. */
export type NodeInputs = readonly (string | undefined)[];

/** Adds the ONNX nodes that implement one node of the graph. */
export interface LoweringSite {
  /** The shape of the result. */
  readonly shape: Shape;
  /** The uses of the result. */
  readonly readers: readonly Reader[];
  /** Adds the node that computes the result. */
  last(opType: string, inputs: NodeInputs, attributes?: Attributes): Operand;
  /** Adds an intermediate node and returns its output's name. */
  step(opType: string, inputs: NodeInputs, attributes?: Attributes): string;
  /** A constant list of integers. */
  int64(values: readonly number[]): string;
  /** A constant scalar. */
  scalar(value: number): string;
  /** A constant vector of `length` equal elements. */
  filled(length: number, value: number): string;
  /** A constant vector. */
  vector(values: readonly number[]): string;
}

export type OnnxTable = LoweringTable<Operand, LoweringSite>;

/** A shape in the form that `Reshape` takes. */
export function reshapeTarget(shape: Shape): readonly number[] {
  return shape.map((extent) => (extent === "N" ? -1 : extent));
}
