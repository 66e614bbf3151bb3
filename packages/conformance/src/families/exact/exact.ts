import type { AgreementCase } from "../../plan/case.js";
import { lattice, type NetworkSpec } from "@isoconv/judge";
import type { Family } from "../family.js";
import { opAxes } from "../matrix/op-axes.js";
import { namedRows, networkOfRow } from "../matrix/op-rows.js";
import { runAgreement } from "../run-agreement.js";
import { isExact } from "./exact-ops.js";

/**
 * The operations that small integers leave without any rounding, on small integers: the bits must be the oracle's. What
 * fails here has taken a wrong element or a wrong count; no tolerance can hide it.
 */
export const exact: Family<AgreementCase> = {
  plan: ({ profile, seed, wants }) =>
    profile.ops
      .filter((op) => wants(`op/${op}/exact/`))
      .flatMap((op) =>
        namedRows(op, "exact", 2)
          .filter(({ row }) => isExact(op, row, opAxes[op].shapes(row)))
          .map(({ id, row }): AgreementCase => ({
            id,
            family: "exact",
            ops: [op],
            network: allLattice(networkOfRow(op, id, row, seed)),
            exactly: true,
            runs: 1,
          })),
      ),
  run: runAgreement,
};

function allLattice(network: NetworkSpec): NetworkSpec {
  const { inputs, parameters } = network.graph;
  return { ...network, fills: Object.fromEntries([...inputs, ...parameters].map(({ name }) => [name, lattice])) };
}
