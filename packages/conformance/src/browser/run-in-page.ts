import { checkOptions, optionChecks, type Backend, type KnownOptions } from "@isoconv/core-spec";
import { Memo } from "@isoconv/judge";
import { PLAN_OPTIONS, planConformance, type Plan, type PlanOptions } from "../plan/plan.js";
import type { Report } from "../report/report.js";
import type { Expectation } from "../run/expectation.js";
import { runConformance } from "../run/run-conformance.js";
import { progressView } from "./progress-view.js";
import { reportDetails, verdictText } from "./report-view.js";

/** A backend that a page runs. */
export interface PageBackend {
  /** Shown as its name. */
  readonly id: string;
  readonly create: () => Promise<Backend>;
  readonly expectations?: readonly Expectation[];
}

export interface PageRunOptions extends PlanOptions {
  /** Progress and results are appended to this element. */
  readonly element: HTMLElement;
  /** The backends, run one after another; each runs the whole plan. */
  readonly backends: readonly PageBackend[];
  /** Stops every backend; the Stop buttons stop one. */
  readonly signal?: AbortSignal;
}

const OPTIONS: KnownOptions<PageRunOptions> = {
  known: { ...PLAN_OPTIONS.known, element: true, backends: optionChecks.list, signal: optionChecks.signal },
};

/** The outcome of one backend. */
export type PageOutcome =
  | { readonly id: string; readonly outcome: "decided"; readonly report: Report }
  /** Stopped before the end, without a verdict. */
  | { readonly id: string; readonly outcome: "stopped" }
  /** The backend could not be created, or its expectations are not valid. */
  | { readonly id: string; readonly outcome: "unavailable"; readonly reason: string };

/**
 * Runs the suite in a web page and shows progress, findings, the verdict and a link that saves the report. Lets the page
 * draw between cases. A case blocks the thread as long as the backend does.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a bad plan and for an unknown option
 */
export async function runInPage(options: PageRunOptions): Promise<readonly PageOutcome[]> {
  checkOptions(options, OPTIONS, { op: "runInPage" });
  const { element, backends, signal, ...planOptions } = options;
  const plan = planConformance(planOptions);
  const memo = new Memo();
  const outcomes: PageOutcome[] = [];
  for (const backend of backends) outcomes.push(await runOne(element, plan, backend, memo, signal));
  return outcomes;
}

async function runOne(
  element: HTMLElement,
  plan: Plan,
  { id, create, expectations }: PageBackend,
  memo: Memo,
  signal: AbortSignal | undefined,
): Promise<PageOutcome> {
  const stopping = new AbortController();
  const stopped = AbortSignal.any([stopping.signal, ...(signal === undefined ? [] : [signal])]);
  const view = progressView(id, plan.cases.length, () => stopping.abort());
  element.append(view.section);
  try {
    const report = await runConformance(plan, {
      create,
      expectations,
      memo,
      signal: stopped,
      onResult: (result) => stopped.aborted || view.show(result),
    });
    if (stopped.aborted) {
      view.finish("Stopped: there is no verdict", "stopped");
      return { id, outcome: "stopped" };
    }
    view.finish(verdictText(report), report.verdict, reportDetails(report));
    return { id, outcome: "decided", report };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    view.finish(`Could not run: ${reason}`, "unavailable");
    return { id, outcome: "unavailable", reason };
  }
}
