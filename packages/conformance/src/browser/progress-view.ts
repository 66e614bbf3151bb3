import type { CaseResult, Status } from "../report/report.js";
import { element } from "./element.js";

/** The view of a running backend. */
export interface ProgressView {
  /** The section of the page with `Stop` and the findings. */
  readonly section: HTMLElement;
  show(result: CaseResult): void;
  /** Replaces the progress by the outcome. Screen readers announce it. */
  finish(text: string, verdict: string, details?: readonly Node[]): void;
}

/** Statuses that are listed one per line; the others are only counted. */
const FINDINGS: ReadonlySet<Status> = new Set(["fail", "error", "xpass"]);

/** Shows progress and findings of one backend; `stop` is called when the user presses Stop. */
export function progressView(id: string, total: number, stop: () => void): ProgressView {
  const bar = element("progress", { max: String(total), value: "0", "aria-label": `Progress of ${id}` });
  const current = element("p", {}, ["Starting"]);
  const button = element("button", { type: "button" }, ["Stop"]);
  button.addEventListener("click", stop);
  const status = element("p", { role: "status" });
  const findings = element("ul", { "aria-label": `Findings in ${id}` });
  const section = element("section", { "aria-label": `Conformance of ${id}`, "data-backend": id }, [
    element("h2", {}, [id]),
    status,
    bar,
    current,
    button,
    findings,
  ]);
  let decided = 0;
  return {
    section,
    show({ id: caseId, status: became, reason }) {
      decided += 1;
      bar.value = decided;
      current.textContent = `${decided} of ${total} cases: ${caseId}`;
      if (FINDINGS.has(became)) findings.append(element("li", {}, [`${became} ${caseId}: ${reason ?? "no reason"}`]));
    },
    finish(text, verdict, details = []) {
      for (const over of [bar, current, button]) over.remove();
      status.textContent = text;
      section.dataset["verdict"] = verdict;
      section.append(...details);
    },
  };
}
