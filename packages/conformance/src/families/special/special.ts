import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { runAgreement } from "../run-agreement.js";
import { genericCases } from "./generic.js";
import { specificCases } from "./specific.js";

/** Values outside the tame: both zeros, subnormals, the largest numbers, ∞, NaN, cancellation, saturation. */
export const special: Family<AgreementCase> = {
  plan: ({ profile, seed, wants }) =>
    profile.ops
      .filter((op) => wants(`op/${op}/special/`))
      .flatMap((op) =>
        [...genericCases(op), ...specificCases(op)].map(({ name, network }): AgreementCase => {
          const id = `op/${op}/special/${name}`;
          return { id, family: "special", ops: [op], network: { ...network(id), seed }, exactly: false, runs: 1 };
        }),
      ),
  run: runAgreement,
};
