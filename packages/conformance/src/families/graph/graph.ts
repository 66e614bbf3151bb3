import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { runAgreement } from "../run-agreement.js";
import { computedOperands } from "./computed-operands.js";
import { deep } from "./deep.js";
import { interfaces } from "./interfaces.js";
import { manyEntries } from "./many-entries.js";
import { manyOutputs } from "./many-outputs.js";
import { constants } from "./motifs/constants.js";
import { convolutionMotifs } from "./motifs/convolution.js";
import { elementwiseMotifs } from "./motifs/elementwise.js";
import { movementMotifs } from "./motifs/movement.js";
import { subjectsOf } from "./motifs/variants.js";
import { windowMotifs } from "./motifs/windows.js";
import { names } from "./names.js";
import { sharedParameters } from "./shared-parameters.js";
import { sharedValues } from "./shared-values.js";
import { caseOf } from "./subject.js";
import { wide } from "./wide.js";

const motifs = [...convolutionMotifs, ...windowMotifs, ...movementMotifs, ...elementwiseMotifs];

/**
 * Graphs whose shape is what matters: deep, wide, with shared values, unread values or many outputs, with names that
 * could be mistaken for others, and with every neighbourhood that runtimes and passes rewrite. They are compiled with the
 * backend's own passes and compared with the oracle of the graph as written.
 */
export const graph: Family<AgreementCase> = {
  plan: ({ profile, budget, seed, wants }) =>
    [
      ...(wants("graph/motif/") ? subjectsOf(motifs, budget) : []),
      ...constants,
      ...computedOperands,
      ...sharedParameters(budget),
      ...sharedValues,
      ...wide,
      ...deep,
      ...manyOutputs,
      ...manyEntries,
      ...names,
      ...interfaces,
    ]
      .filter(({ name }) => wants(`graph/${name}`))
      .map((subject) => caseOf(subject, seed))
      .filter(({ ops }) => ops.every((op) => profile.ops.includes(op))),
  run: runAgreement,
};
