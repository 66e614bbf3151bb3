import { definitionOf, mapOperands, shapesOf, type Graph, type Shape } from "@isoconv/core-spec";
import type { AgreementCase } from "../../plan/case.js";
import { lattice, type NetworkSpec } from "@isoconv/judge";
import type { Family } from "../family.js";
import { historyOf } from "../history/history-of.js";
import { namedRows, networkOfRow } from "../matrix/op-rows.js";
import { runAgreement } from "../run-agreement.js";

/**
 * Operations that do not round small integers, on small integers: the bits must equal the oracle's. A failure here is a
 * wrong element or a wrong count, which no tolerance hides.
 */
export const exact: Family<AgreementCase> = {
  plan: ({ profile, seed, wants }) =>
    profile.ops
      .filter((op) => wants(`op/${op}/exact/`))
      .flatMap((op) =>
        namedRows(op, "exact", 2)
          .map(({ id, row }) => ({ id, network: networkOfRow(op, id, row, seed) }))
          .filter(({ network }) => isExact(network.graph))
          .map(({ id, network }) => ({ id, network: allLattice(network) }))
          .map(({ id, network }): AgreementCase => ({
            id,
            family: "exact",
            ops: [op],
            network,
            exactly: true,
            history: historyOf(network),
          })),
      ),
  run: runAgreement,
};

/** Whether the registry calls every node exact on integers, for its shapes. */
export function isExact(graph: Graph): boolean {
  const shapes = shapesOf(graph);
  return graph.nodes.every(({ op, inputs, attrs }) =>
    definitionOf(op).exactOnIntegers(
      mapOperands<string, Shape>(inputs, (name) => shapes.get(name) ?? []),
      attrs,
    ),
  );
}

function allLattice(network: NetworkSpec): NetworkSpec {
  const { inputs, parameters } = network.graph;
  return { ...network, fills: Object.fromEntries([...inputs, ...parameters].map(({ name }) => [name, lattice])) };
}
