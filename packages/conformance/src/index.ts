export * from "./agreement.js";
export * from "./arithmetic.js";
export { renderBenchMarkdown } from "./bench/bench-markdown.js";
export type * from "./bench/bench-report.js";
export { benchToJson, readBenchReport } from "./bench/bench-json.js";
export { modelSubjects, type ModelSubjectOptions } from "./bench/model-subjects.js";
export { opSubjects, type OpSubjectOptions } from "./bench/op-subjects.js";
export { runBench, type BenchOptions } from "./bench/run-bench.js";
export { formatFigure, formatInterval, formatSpeed } from "./bench/wording.js";
export type { BackendSource } from "./bench/runners.js";
export type { ModelSubject, OpSubject, Subject } from "./bench/subject.js";
export * from "./bound.js";
export * from "./check-op.js";
export type * from "./diff/divergence.js";
export { findDivergence, type DivergenceOptions } from "./diff/find-divergence.js";
export * from "./end-to-end.js";
export { Memo } from "./judge/memo.js";
export { isolateNode } from "./judge/isolate-node.js";
export type { Judgement, OpShare, WorstElement } from "./judge/judgement.js";
export { noiseAllowance } from "./judge/noise-floor.js";
export { ruleOf, widenForFastConvolution } from "./judge/node-rule.js";
export { nonFiniteReach } from "./judge/undetermined.js";
export { oracleJudge } from "./oracle-judge.js";
export { budgets, type Budget, type BudgetLimits } from "./plan/budget.js";
export type * from "./plan/case.js";
export { familyNames } from "./plan/case.js";
export type { Fill } from "./plan/fill.js";
export { fillNetwork, type FilledNetwork, type NetworkSpec } from "./plan/network-spec.js";
export { matchesAny } from "./plan/glob.js";
export { planConformance, type Plan, type PlanOptions } from "./plan/plan.js";
export { profiles, type Profile, type ProfileName } from "./plan/profile.js";
export { attributeCoverage, type AttributeCoverage } from "./report/coverage.js";
export { renderJunit } from "./report/junit.js";
export type { MachineInfo } from "./report/machine-info.js";
export { renderMatrix } from "./report/matrix-markdown.js";
export { escapeHtml } from "./report/page/html.js";
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
export { bundledExpectations } from "./expectations/expectations.js";
export type { ExpectedFailure, Expectation, Skip } from "./run/expectation.js";
export { runConformance, type ConformanceOptions } from "./run/run-conformance.js";
export { openSession, type Session, type SessionOptions } from "./run/session.js";
export * from "./timing.js";
