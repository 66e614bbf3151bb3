import { expect, test } from "vitest";
import type { AccuracyRule } from "./accuracy.js";
import type { ErrorCode } from "./error.js";
import { IsoconvError } from "./error.js";
import { graphBuilder, type Value } from "./graph/builder.js";
import { shapesOf, type Graph } from "./graph/graph.js";
import type { AnyInputs } from "./op.js";
import { definitionOf, mapOperands, type AttrsInput, type Inputs, type OpName } from "./registry.js";
import { bindShape, type Shape } from "./shape.js";

/** The error that `action` throws or rejects with, which must be an `IsoconvError`; code and path are what tests compare. */
export function refusal(action: () => unknown): { code: ErrorCode; path: string | undefined } {
  try {
    action();
  } catch (error) {
    if (!(error instanceof IsoconvError)) throw error;
    return { code: error.code, path: error.path };
  }
  throw new Error("nothing was refused");
}

/** `refusal` for promises. */
export async function rejection(promise: Promise<unknown>): Promise<IsoconvError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof IsoconvError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/**
 * A graph of one node "y" over inputs of the given shapes. Not typed by operation, so that tests can try wrong ones.
 */
export function oneNode(op: OpName, shapes: AnyInputs<Shape>, attrs: unknown): Graph {
  const g = graphBuilder("one");
  // A shape is a list too: an operand is a list of shapes when its first entry is a list.
  const inputs: Record<string, Value | readonly Value[]> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape === undefined) continue;
    inputs[name] = isShapeList(shape) ? shape.map((one, i) => g.input(`${name}.${i}`, one)) : g.input(name, shape);
  }
  return g.build({ y: g.apply(op, inputs, attrs, "y") });
}

function isShapeList(shape: Shape | readonly Shape[]): shape is readonly Shape[] {
  return Array.isArray(shape[0]);
}

/** One test for each row: operands of these shapes and these attributes give this shape. */
export function infers<K extends OpName>(
  op: K,
  rows: readonly (readonly [what: string, shapes: Inputs<K, Shape>, attrs: AttrsInput<K>, result: Shape])[],
): void {
  test.each(rows)(`${op}: %s`, (_what, shapes, attrs, result) => {
    const graph = oneNode(op, shapes, attrs);
    expect(graph.nodes[0].shape).toEqual(result);
  });
}

/** One test for each row: the builder refuses with this code and path. */
export function refuses(
  op: OpName,
  rows: readonly (readonly [what: string, shapes: AnyInputs<Shape>, attrs: unknown, code: ErrorCode, path: string])[],
): void {
  test.each(rows)(`${op} refuses %s`, (_what, shapes, attrs, code, path) => {
    expect(refusal(() => oneNode(op, shapes, attrs))).toEqual({ code, path });
  });
}

/** The accuracy rule of an operation at batch 1. */
export function accuracyOf<K extends OpName>(op: K, shapes: Inputs<K, Shape>, attrs: AttrsInput<K>): AccuracyRule {
  const graph = oneNode(op, shapes, attrs);
  const known = shapesOf(graph);
  const node = graph.nodes[0];
  const bound = mapOperands<string, Shape>(node.inputs, (name) => bindShape(known.get(name)!, 1));
  return definitionOf(op).accuracy(bound, node.attrs, bindShape(node.shape, 1));
}

/** An array that has only a length. */
export function holes(length: number): unknown[] {
  return Object.assign([], { length });
}
