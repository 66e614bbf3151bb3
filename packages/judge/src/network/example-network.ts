import { definitionOf, docOf, graphBuilder, type OpName, type Shape, type Value } from "@isoconv/core-spec";
import { positives, type Fill } from "./fill.js";
import type { NetworkSpec } from "./network-spec.js";

/** Whether the registry says that a network fixes the operand; the others flow. */
export function isParameterOperand(op: OpName, operand: string): boolean {
  return definitionOf(op).inputs[operand]?.role === "parameter";
}

/** Fillings that an operation needs to be defined: for example variances must be positive. */
export function fillsFor(operands: Iterable<string>): Readonly<Record<string, Fill>> {
  return Object.fromEntries([...operands].filter((name) => name === "variance").map((name) => [name, positives]));
}

/** `inputs.xs[1]` as a graph's name for it: `xs.1`. */
export function operandName(path: string): string {
  return path.replace("inputs.", "").replace("[", ".").replace("]", "");
}

/** One application of an operation as a network named after the case. Operands keep their names; the result is `y`. */
export function oneOpNetwork(
  name: string,
  op: OpName,
  shapes: Readonly<Record<string, Shape | readonly Shape[] | undefined>>,
  attrs: Readonly<Record<string, unknown>>,
  { batch = 2, seed = 1, fills = {} }: Partial<Omit<NetworkSpec, "graph">> = {},
): NetworkSpec {
  const g = graphBuilder(name);
  const names: string[] = [];
  const enter = (shape: Shape, operand: string, path: string): Value => {
    const valueName = operandName(path);
    names.push(valueName);
    return isParameterOperand(op, operand) ? g.parameter(valueName, shape) : g.input(valueName, shape);
  };
  const operands = Object.fromEntries(
    Object.entries(shapes).flatMap(([operand, shape]): [string, Value | Value[]][] => {
      if (shape === undefined) return [];
      const isMany = definitionOf(op).inputs[operand]?.arity === "many";
      return [
        [
          operand,
          isMany
            ? (shape as readonly Shape[]).map((each, k) => enter(each, operand, `inputs.${operand}[${k}]`))
            : enter(shape as Shape, operand, `inputs.${operand}`),
        ],
      ];
    }),
  );
  const graph = g.build({ y: g.apply(op, operands, attrs, "y") });
  return { graph, batch, seed, fills: { ...fillsFor(names), ...fills } };
}

/** The registry's own example of an operation. */
export function exampleNetwork(op: OpName | undefined, name: string): NetworkSpec {
  if (op === undefined) throw new Error(`"${name}" names no operation`);
  const { example } = docOf(op);
  return oneOpNetwork(name, op, example.inputs, example.attrs);
}
