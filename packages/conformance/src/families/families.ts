import type { Case, CaseOf, FamilyName } from "../plan/case.js";
import type { Judgement } from "@isoconv/judge";
import { contract } from "./contract/contract.js";
import { error } from "./error/error.js";
import { exact } from "./exact/exact.js";
import type { Family, RunContext } from "./family.js";
import { graph } from "./graph/graph.js";
import { matrix } from "./matrix/matrix.js";
import { model } from "./model/model.js";
import { probe } from "./probe/probe.js";
import { property } from "./property/property.js";
import { relation } from "./relation/relation.js";
import { size } from "./size/size.js";
import { special } from "./special/special.js";
import { state } from "./state/state.js";
import { trap } from "./trap/trap.js";

/** Every family of cases. */
export const families: { readonly [F in FamilyName]: Family<CaseOf<F>> } = {
  probe,
  exact,
  matrix,
  size,
  special,
  trap,
  relation,
  graph,
  error,
  contract,
  state,
  property,
  model,
};

/** Runs a case with the runner of its family. */
export function runCase(testCase: Case, context: RunContext): Promise<Judgement> {
  return dispatch(families, testCase, context);
}

function dispatch(table: typeof families, testCase: Case, context: RunContext): Promise<Judgement> {
  switch (testCase.family) {
    case "property":
      return table.property.run(testCase, context);
    case "relation":
      return table.relation.run(testCase, context);
    case "error":
      return table.error.run(testCase, context);
    case "contract":
      return table.contract.run(testCase, context);
    case "state":
      return table.state.run(testCase, context);
    case "probe":
      return table.probe.run(testCase, context);
    case "model":
      return table.model.run(testCase, context);
    default:
      return table[testCase.family].run(testCase, context);
  }
}
