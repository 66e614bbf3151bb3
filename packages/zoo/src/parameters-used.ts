import { listOperands, type Graph } from "@isoconv/core-spec";
import type { ParameterSpec } from "@isoconv/nn";

/** The parameters of each node, by its name; a parameter shared by several nodes belongs only to the first. */
export function parametersUsed(
  { nodes }: Graph,
  parameters: readonly ParameterSpec[],
): ReadonlyMap<string, readonly ParameterSpec[]> {
  const unused = new Map(parameters.map((spec) => [spec.name, spec]));
  return new Map(
    nodes.map(({ name, inputs }) => {
      const own = listOperands<string>(inputs).flatMap((operand) => {
        const spec = unused.get(operand);
        unused.delete(operand);
        return spec ?? [];
      });
      return [name, own];
    }),
  );
}
