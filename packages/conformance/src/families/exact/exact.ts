import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { runAgreement } from "../run-agreement.js";

export const exact: Family<AgreementCase> = { plan: () => [], run: runAgreement };
