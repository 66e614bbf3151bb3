import { bindShape, type Graph } from "@isoconv/core-spec";
import { fanInOf, parameterSpec, type ParameterKind, type StoredParameterSpec } from "./parameter.js";

/** What a parameter is, by the operand that takes it; any other is a weight. */
const KIND_OF_OPERAND: ReadonlyMap<string, ParameterKind> = new Map([
  ["bias", "bias"],
  ["scale", "scale"],
  ["offset", "shift"],
  ["mean", "runningMean"],
  ["variance", "runningVar"],
  ["slope", "scale"],
]);

/**
 * The parameters of a graph that was not traced, such as one read from JSON, for `initParameters`. A graph has names and
 * shapes; the kind follows from the first operand that takes the parameter. A constant of the network counts as a
 * parameter, because a graph does not tell them apart.
 */
export function graphParameters({ nodes, parameters }: Graph): readonly StoredParameterSpec[] {
  const shapes = new Map(parameters.map(({ name, shape }) => [name, bindShape(shape, 1)]));
  const roles = new Map<string, { readonly kind: ParameterKind; readonly fanIn?: number }>();
  for (const { inputs } of nodes) {
    const operands: Readonly<Record<string, unknown>> = inputs;
    const weight = shapes.get(String(operands["w"]));
    for (const [operand, name] of Object.entries(operands)) {
      if (typeof name !== "string" || roles.has(name)) continue;
      const kind = KIND_OF_OPERAND.get(operand) ?? "weight";
      roles.set(name, kind === "bias" && weight !== undefined ? { kind, fanIn: fanInOf(weight) } : { kind });
    }
  }
  return parameters.map(({ name }) =>
    parameterSpec(name, { shape: shapes.get(name) ?? [], ...(roles.get(name) ?? { kind: "weight" }) }),
  );
}
