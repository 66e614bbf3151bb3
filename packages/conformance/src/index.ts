export { budgets, type Budget, type BudgetLimits } from "./plan/budget.js";
export type * from "./plan/case.js";
export { familyNames } from "./plan/case.js";
export { classify } from "./families/probe/classify.js";
export { measureArithmetic } from "./families/probe/measure.js";
export { probes, type Finding } from "./families/probe/probes.js";
export { matchesAny } from "./plan/glob.js";
export { planConformance, type Plan, type PlanOptions } from "./plan/plan.js";
export { profiles, type Profile, type ProfileName } from "./plan/profile.js";
export { attributeCoverage, type AttributeCoverage } from "./report/coverage.js";
export { renderJunit } from "./report/junit.js";
export type { MachineInfo } from "./report/machine-info.js";
export { renderMatrix } from "./report/matrix-markdown.js";
export { renderPage, type PageInput } from "./report/page/page.js";
export { reportSchema } from "./report/report-codec.js";
export { readReport, reportToJson, type Detail } from "./report/report-json.js";
export * from "./report/report.js";
export { renderSummary } from "./report/summary-markdown.js";
export {
  countsOfOp,
  formatCounts,
  formatDeviation,
  formatShare,
  formatWorst,
  isFinding,
  notRun,
  replayCommand,
  statusOfOp,
  verdictSentence,
  type OpStatus,
} from "./report/wording.js";
export { networkOf as caseNetwork } from "./repro/case-network.js";
export { reproFiles, type ReproInput } from "./repro/repro-files.js";
export type { ExpectedFailure, Expectation, Skip } from "./run/expectation.js";
export { runConformance, type ConformanceOptions } from "./run/run-conformance.js";
export { openSession, type Session, type SessionOptions } from "./run/session.js";
