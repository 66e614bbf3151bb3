import { bindShape, definitionOf, elementCount, type OpName, type Shape, type ValueSpec } from "@isoconv/core-spec";
import { exampleNetwork, type Fill, type NetworkSpec, reals } from "@isoconv/judge";
import { LARGEST, SMALLEST } from "../../ops/fills.js";
import type { SpecialCase } from "./special-case.js";

/** Values that occur once among ordinary values, at the first or at the last element of an operand. */
const SINGLE: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Infinity,
  minf: -Infinity,
};

/** Values that fill a whole operand. */
const WHOLE: Readonly<Record<string, readonly number[]>> = {
  "negative-zeros": [-0],
  "both-zeros": [-0, 0],
  subnormals: [SMALLEST, -SMALLEST, 2 ** -130, -(2 ** -127), 2 ** -126],
};

/** Only for operations that do not combine elements: sums and squares of these values overflow in some orders. */
const LARGE: Readonly<Record<string, readonly number[]>> = { largest: [LARGEST, -LARGEST, 1, -1] };

/**
 * For functions of one element: values whose result is finite, but whose double, multiple or square overflows in single
 * or half precision.
 */
const LARGE_ALONE: Readonly<Record<string, readonly number[]>> = {
  ...LARGE,
  "large-magnitudes": [1e38, -1e38, 1.8e38, -1.8e38, 3.4e38, -3.4e38, LARGEST, -LARGEST, 6e4, -6e4],
};

/** The operation's example in the registry, with special values in every data operand. New operations get these cases too. */
export function genericCases(op: OpName): readonly SpecialCase[] {
  const whole = { ...WHOLE, ...largeFills(op) };
  const { inputs } = exampleNetwork(op, op).graph;
  return inputs.flatMap((input) => {
    const suffix = inputs.length === 1 ? "" : `-in-${input.name.replaceAll(".", "")}`;
    const singles = Object.entries(SINGLE).flatMap(([name, value]) => [
      withFill(op, `${name}-first${suffix}`, input, () => patched(0, value)),
      withFill(op, `${name}-last${suffix}`, input, (count) => patched(count - 1, value)),
    ]);
    const wholes = Object.entries(whole).map(([name, values]) =>
      withFill(op, `${name}${suffix}`, input, () => ({ kind: "cycle", values })),
    );
    return [...singles, ...wholes];
  });
}

function largeFills(op: OpName): Readonly<Record<string, readonly number[]>> {
  const { family, special } = definitionOf(op);
  if (family === "activation") return LARGE_ALONE;
  return special.nan === "propagates" ? {} : LARGE;
}

function patched(index: number, value: number): Fill {
  return { kind: "patched", base: reals, patches: [{ index, value }] };
}

function withFill(
  op: OpName,
  name: string,
  { name: operand, shape }: ValueSpec,
  fill: (count: number) => Fill,
): SpecialCase {
  return {
    name,
    network: (id): NetworkSpec => {
      const network = exampleNetwork(op, id);
      const count = elementCount(bindShape(shape satisfies Shape, network.batch));
      return { ...network, fills: { ...network.fills, [operand]: fill(count) } };
    },
  };
}
