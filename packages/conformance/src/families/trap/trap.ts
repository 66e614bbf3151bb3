import type { OpName } from "@isoconv/core-spec";
import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { historyOf } from "../history/history-of.js";
import { runAgreement } from "../run-agreement.js";
import { traps, type Trap } from "./traps.js";

/** Cases that broke real projects, by name. */
export const trap: Family<AgreementCase> = {
  plan: ({ profile, seed, wants }) =>
    Object.entries<Trap>(traps)
      .filter(([name]) => wants(`trap/${name}`))
      .map(([name, { network, exactly = false }]): AgreementCase => {
        const id = `trap/${name}`;
        const spec = { ...network(id), seed };
        const ops: readonly OpName[] = [...new Set(spec.graph.nodes.map(({ op }) => op))];
        return { id, family: "trap", ops, network: spec, exactly, history: historyOf(spec) };
      })
      .filter(({ ops }) => ops.every((op) => profile.ops.includes(op))),
  run: runAgreement,
};
