import { docOf, opNames, type AnyInputs, type OpName, type Shape, type Value } from "@isoconv/core-spec";
import { isParameterOperand } from "@isoconv/judge";
import type { GraphSubject } from "./subject.js";

/**
 * Every operand that networks fix, computed by nodes instead: of parameters, which runtimes compute when they compile, and
 * of an input, which they cannot. Between 1/4 and 4, which suits variances too.
 */
export const computedOperands: readonly GraphSubject[] = opNames.flatMap((op) => {
  const { example } = docOf(op);
  const operands = Object.keys(example.inputs).filter((operand) => isParameterOperand(op, operand));
  return operands.flatMap((operand) => [
    subjectOf(op, example, operand, "of-parameters"),
    subjectOf(op, example, operand, "of-an-input"),
  ]);
});

function subjectOf(
  op: OpName,
  { inputs, attrs }: { readonly inputs: AnyInputs<Shape>; readonly attrs: Readonly<Record<string, unknown>> },
  computed: string,
  from: "of-parameters" | "of-an-input",
): GraphSubject {
  return {
    name: `computed/${op}-${computed}-${from}`,
    build: (g) => {
      const enter = (operand: string, shape: Shape): Value => {
        if (operand !== computed)
          return isParameterOperand(op, operand) ? g.parameter(operand, shape) : g.input(operand, shape);
        const a = from === "of-an-input" ? g.input("source", shape) : g.parameter("source", shape);
        const sum = g.add({ a, b: g.parameter("shift", shape) });
        return g.clip({ x: sum }, { min: 0.25, max: 4 });
      };
      const operands = Object.entries(inputs).flatMap(([operand, shape]): (readonly [string, Value])[] =>
        shape === undefined ? [] : [[operand, enter(operand, shape as Shape)]],
      );
      return { y: g.apply(op, Object.fromEntries(operands), attrs) };
    },
  };
}
