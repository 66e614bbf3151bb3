import { access, constants, mkdir } from "node:fs/promises";
import { isIsoconvError, IsoconvError, type Graph, type Parameters } from "@isoconv/core-spec";
import type { Budget } from "../plan/budget.js";
import { planConformance, type Plan, type PlanOptions } from "../plan/plan.js";
import type { ProfileName } from "../plan/profile.js";
import { attributeCoverage } from "../report/coverage.js";
import { reportToJson } from "../report/report-json.js";
import type { MachineInfo } from "../report/machine-info.js";
import type { Report, Verdict } from "../report/report.js";
import { runConformance, type ConformanceOptions } from "../run/run-conformance.js";
import { openTarget, type TestedModule } from "./conformance-target.js";
import { runJobs, startThreads, stopThreads, type JobThread } from "./jobs.js";
import { planToJson } from "./plan-json.js";
import { renderCase, renderFinding, renderOutcome, renderProbes } from "./render-run.js";
import { writeReports } from "./write-reports.js";
import { writeRepros } from "./write-repros.js";

/** The options of the command line. Invalid values are refused with exit status 3. */
export interface ConformanceCommandOptions {
  /** An id or the path of a module; not needed for `list`. */
  readonly backend?: string | undefined;
  readonly profile: string;
  readonly budget: string;
  readonly filter: readonly string[];
  readonly seed: string;
  /** A number in (0, 1]. */
  readonly share: string;
  readonly threads?: number | undefined;
  /** The number of threads that run cases at once, each with a backend of its own; 1 if absent. */
  readonly jobs?: number | undefined;
  /** Folder for `report.json`, `junit.xml`, `report.html` and `summary.md`. */
  readonly report?: string | undefined;
  readonly list: boolean;
  /** The id of the one case to run. */
  readonly replay?: string | undefined;
  /** Folder for a repro of each failing case; `true` for `repro`. */
  readonly writeRepro?: string | true | undefined;
  /** Stops at the first failure. */
  readonly bail?: boolean | undefined;
  readonly json: boolean;
}

/** The functions that the command calls. */
export interface CommandIo {
  /** Prints one or more lines to stdout; the text has no final line break. */
  readonly print: (text: string) => void;
  /** Prints progress to stderr. */
  readonly progress: (text: string) => void;
  /** Prints an error to stderr. */
  readonly complain: (text: string) => void;
  /** @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown id */
  readonly findBackend: (id: string) => Promise<TestedModule>;
  /** The script of a thread, which calls `serveJob`; needed for more than one job. */
  readonly jobScript?: URL | undefined;
  /** For the report. */
  readonly machine?: MachineInfo | undefined;
  /** For repros. */
  readonly exportOnnx?: ((graph: Graph, parameters: Parameters) => Uint8Array) | undefined;
  /** Replaces the planner. */
  readonly planCases?: ((options: PlanOptions) => Plan) | undefined;
}

/** The exit status of each verdict. */
export const conformanceExit = { conformant: 0, partial: 0, nonconformant: 1, drift: 2 } as const satisfies Record<
  Verdict,
  number
>;

/** Exit status if nothing was run: the backend cannot run here, or an option names something unknown. */
export const COULD_NOT_RUN = 3;

export type ConformanceExit = (typeof conformanceExit)[Verdict] | typeof COULD_NOT_RUN;

const DEFAULT_REPRO_FOLDER = "repro";

/**
 * `isoconv conformance`.
 *
 * @throws errors other than bad arguments and unavailable backends: defects, and folders that cannot be written
 */
export async function runConformanceCommand(
  options: ConformanceCommandOptions,
  io: CommandIo,
): Promise<ConformanceExit> {
  const threads = startedThreads(options, io);
  try {
    const plan = (io.planCases ?? planConformance)(planOptions(options));
    if (options.list) {
      io.print(options.json ? planToJson(plan) : plan.cases.map(({ id }) => id).join("\n"));
      return 0;
    }
    return await run(plan, options, io, threads);
  } catch (error) {
    if (!isIsoconvError(error, "INVALID_ATTRIBUTE") && !isIsoconvError(error, "BACKEND_UNAVAILABLE")) throw error;
    io.complain(error.message);
    return COULD_NOT_RUN;
  } finally {
    await stopThreads(threads);
  }
}

/** Threads for more than one job; without them the cases run here. */
function startedThreads(options: ConformanceCommandOptions, { jobScript }: CommandIo): readonly JobThread[] {
  const { backend: target, threads, jobs = 1, list, replay } = options;
  if (jobScript === undefined || target === undefined || list || replay !== undefined || jobs === 1) return [];
  return startThreads(jobScript, jobs, { target, threads });
}

function planOptions({ profile, budget, seed, share, filter, replay }: ConformanceCommandOptions): PlanOptions {
  return {
    // The planner refuses unknown values.
    profile: profile as ProfileName,
    budget: budget as Budget,
    seed: /^\d+$/.test(seed) ? Number(seed) : Number.NaN,
    share: /^[\d.]+$/.test(share) ? Number(share) : Number.NaN,
    filter,
    replay,
  };
}

async function run(
  plan: Plan,
  options: ConformanceCommandOptions,
  io: CommandIo,
  threads: readonly JobThread[],
): Promise<ConformanceExit> {
  const { backend: name, json, replay } = options;
  if (name === undefined) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path: "--backend",
      what: "no backend",
      expected: "an id, or the path of a module such as ./my-backend.js",
    });
  }
  const target = await openTarget(name, io.findBackend, options.threads);
  // Fail before the cases run.
  await makeFolder("--report", options.report);
  await makeFolder("--write-repro", reproFolder(options));
  const say = (text: string): void => {
    if (!json && text !== "") io.print(text);
  };
  const start = performance.now();
  let decided = 0;
  const runOptions: ConformanceOptions = {
    ...target,
    machine: io.machine,
    target: name,
    stopAtFirstFailure: options.bail,
    onResult: (result) => {
      decided += 1;
      io.progress(`${decided} of ${plan.cases.length} cases, ${result.id}`);
      // Probes come first in the plan, so this prints them first.
      if (replay === undefined) say(result.family === "probe" ? renderProbes([result]) : renderFinding(result));
    },
  };
  const report = await (threads.length === 0 ? runConformance(plan, runOptions) : runJobs(plan, runOptions, threads));
  const seconds = (performance.now() - start) / 1000;
  const written = [
    ...(options.report === undefined
      ? []
      : await writeReports(options.report, { report, coverage: attributeCoverage(plan.cases) })),
    ...(await reproFolders(plan, report, options, io)),
  ];
  if (json) io.print(reportToJson(report).trimEnd());
  else {
    const [result] = report.cases;
    const [testCase] = plan.cases;
    if (replay !== undefined && result !== undefined && testCase !== undefined) {
      say(renderCase(testCase, result, report));
    }
    say(renderOutcome(report, { seconds, written, replayed: replay !== undefined }));
  }
  return conformanceExit[report.verdict];
}

/** @throws IsoconvError `INVALID_ATTRIBUTE` if the folder cannot be written */
async function makeFolder(path: string, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path,
      what,
      expected: "a folder to write to",
      received: folder,
      cause,
    });
  }
}

function reproFolder({ writeRepro }: ConformanceCommandOptions): string | undefined {
  return writeRepro === true ? DEFAULT_REPRO_FOLDER : writeRepro;
}

async function reproFolders(
  plan: Plan,
  report: Report,
  options: ConformanceCommandOptions,
  { exportOnnx, complain }: CommandIo,
): Promise<readonly string[]> {
  const folder = reproFolder(options);
  if (folder === undefined) return [];
  const { written, without } = await writeRepros(folder, plan, report, exportOnnx);
  for (const id of without) complain(`no repro for ${id}: the case has no network; use --replay`);
  return written;
}
