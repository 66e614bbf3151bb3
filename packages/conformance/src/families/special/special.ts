import { oneOpNetwork } from "@isoconv/judge";
import type { OpName } from "@isoconv/core-spec";
import { casesOf } from "../../ops/index.js";
import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { historyOf } from "../history/history-of.js";
import { runAgreement } from "../run-agreement.js";
import { genericCases } from "./generic.js";
import { laneCases } from "./lanes.js";
import { longCases } from "./long.js";
import type { SpecialCase } from "./special-case.js";

/** Special values: both zeros, subnormals, the largest numbers, ∞, NaN, cancellation, saturation. */
export const special: Family<AgreementCase> = {
  plan: ({ profile, budget, seed, wants }) =>
    profile.ops
      .filter((op) => wants(`op/${op}/special/`))
      .flatMap((op) =>
        [...genericCases(op), ...laneCases(op), ...specificCases(op), ...(budget === "quick" ? [] : longCases(op))].map(
          ({ name, network }): AgreementCase => {
            const id = `op/${op}/special/${name}`;
            const spec = { ...network(id), seed };
            return { id, family: "special", ops: [op], network: spec, exactly: false, history: historyOf(spec) };
          },
        ),
      ),
  run: runAgreement,
};

/** Values that matter to one operation. */
function specificCases(op: OpName): readonly SpecialCase[] {
  return casesOf(op).special.map(({ name, shapes, fills, attrs = {} }) => ({
    name,
    network: (id) => oneOpNetwork(id, op, shapes, attrs, { fills }),
  }));
}
