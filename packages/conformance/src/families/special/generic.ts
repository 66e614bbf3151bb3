import { bindShape, definitionOf, elementCount, type OpName, type Shape, type ValueSpec } from "@isoconv/core-spec";
import { exampleNetwork, type Fill, type NetworkSpec, reals } from "@isoconv/judge";
import type { SpecialCase } from "./special-case.js";

/** Values that stand alone among ordinary ones, at the first and at the last element of an operand. */
const SINGLE: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Infinity,
  minf: -Infinity,
};

const SMALLEST = 2 ** -149;
const LARGEST = 3.4028234663852886e38;

/** Values an operand is made of. */
const WHOLE: Readonly<Record<string, readonly number[]>> = {
  "negative-zeros": [-0],
  "both-zeros": [-0, 0],
  subnormals: [SMALLEST, -SMALLEST, 2 ** -130, -(2 ** -127), 2 ** -126],
};

/** Only where no sum or product is formed: the largest numbers would overflow in one order and not in another. */
const LARGE: Readonly<Record<string, readonly number[]>> = { largest: [LARGEST, -LARGEST, 1, -1] };

/** The operation's example in the registry, with special values in every operand that flows: a new operation has them too. */
export function genericCases(op: OpName): readonly SpecialCase[] {
  const { nan } = definitionOf(op).special;
  const whole = { ...WHOLE, ...(nan === "propagates" ? {} : LARGE) };
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
