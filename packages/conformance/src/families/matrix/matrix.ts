import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { historyOf } from "../history/history-of.js";
import { runAgreement } from "../run-agreement.js";
import { namedRows, networkOfRow } from "./op-rows.js";

/**
 * Every operation on real numbers, in few cases with every pair (in larger budgets every triple) of attribute values and
 * kinds of operands.
 */
export const matrix: Family<AgreementCase> = {
  plan: ({ profile, limits, seed, wants }) =>
    profile.ops
      .filter((op) => wants(`op/${op}/matrix/`))
      .flatMap((op) =>
        namedRows(op, "matrix", limits.strength).map(({ id, row }): AgreementCase => {
          const network = networkOfRow(op, id, row, seed);
          return { id, family: "matrix", ops: [op], network, exactly: false, history: historyOf(network) };
        }),
      ),
  run: runAgreement,
};
