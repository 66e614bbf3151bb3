import { isIsoconvError, type Backend } from "@isoconv/core-spec";
import {
  expectationsFor,
  planConformance,
  runConformance,
  type Budget,
  type CaseResult,
  type Expectation,
  type Plan,
  type ProfileName,
} from "@isoconv/conformance";
import {
  conformanceExitCode,
  exitCodeFor,
  importBackend,
  isModulePath,
  openBackend,
  type BackendModule,
  type ConformanceExitCode,
} from "@isoconv/conformance/cli";
import { backendEntry } from "./backends.js";
import { renderCase } from "./conformance/case-text.js";
import { renderFinding, renderProbe, renderReport } from "./conformance/text.js";
import { colors, printJson, printLine } from "./print.js";
import type { Progress } from "./progress.js";
import { NoVerdictError } from "./usage-error.js";

export interface ConformanceCommandOptions {
  /** An id, or the path of a module that exports `createBackend`. */
  readonly backend: string;
  readonly profile: string;
  readonly budget: string;
  readonly seed: number;
  readonly filter: readonly string[];
  readonly threads: number | undefined;
  readonly list: boolean;
  readonly replay: string | undefined;
  readonly json: boolean;
}

/**
 * `isoconv conformance`: the suite on one backend.
 *
 * @throws NoVerdictError for bad arguments, or a backend that cannot run here
 */
export async function checkConformance(
  options: ConformanceCommandOptions,
  progress: Progress,
): Promise<ConformanceExitCode> {
  try {
    return await decide(options, progress);
  } catch (error) {
    if (!isIsoconvError(error)) throw error;
    throw new NoVerdictError(error.message);
  }
}

async function decide(options: ConformanceCommandOptions, progress: Progress): Promise<ConformanceExitCode> {
  const plan = planConformance({
    profile: options.profile as ProfileName,
    budget: options.budget as Budget,
    seed: options.seed,
    filter: options.replay === undefined ? options.filter : [options.replay],
  });
  if (options.list) {
    if (options.json) printJson(plan);
    else for (const { id } of plan.cases) printLine(id);
    return conformanceExitCode.conformant;
  }
  const subject = await loadSubject(options.backend);
  const create = (): Promise<Backend> => openBackend(subject.module, options.threads);
  const live = !options.json && options.replay === undefined;
  const start = performance.now();
  let decided = 0;
  const onResult = (result: CaseResult): void => {
    decided += 1;
    progress.step(`${decided} of ${plan.cases.length} cases: ${result.id}`);
    if (live) showFinding(result, options, progress);
  };
  const report = await runConformance(plan, { create, expectations: subject.expectations, onResult });
  progress.done();
  const seconds = (performance.now() - start) / 1000;
  if (options.json) printJson(report);
  else if (options.replay === undefined) printLine(renderReport(report, seconds, colors));
  else printLine(report.cases.map((result) => renderCase(caseOf(plan, result), result, report)).join("\n\n"));
  return exitCodeFor(report.verdict);
}

interface Subject {
  readonly module: BackendModule;
  readonly expectations: readonly Expectation[];
}

async function loadSubject(name: string): Promise<Subject> {
  if (!isModulePath(name)) return { module: await backendEntry(name).load(), expectations: expectationsFor(name) };
  const module = await importBackend(name);
  return { module, expectations: module.expectations ?? [] };
}

/** Probes as they are measured, findings as they are found: a long run need not be waited for. */
function showFinding(
  result: CaseResult,
  { backend, seed, budget }: ConformanceCommandOptions,
  progress: Progress,
): void {
  const text =
    result.family === "probe"
      ? renderProbe(result, colors)
      : result.status === "pass" || result.status === "unsupported"
        ? undefined
        : renderFinding(result, { backend, seed, budget }, colors);
  if (text === undefined) return;
  progress.done();
  printLine(text);
}

function caseOf(plan: Plan, { id }: CaseResult): Plan["cases"][number] {
  const found = plan.cases.find((testCase) => testCase.id === id);
  if (found === undefined) throw new Error(`no case ${id} in the plan`);
  return found;
}
