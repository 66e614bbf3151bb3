import { notRun, reportToJson, runConformance } from "@isoconv/conformance";
import type { Handlers } from "../../engine/serve.js";
import { browserMachine } from "../../parts/browser-machine.js";
import { createTarget, planOf } from "./open-target.js";
import { lineOf } from "./case-line.js";
import type { CaseLine } from "./suite-tasks.js";

/** Milliseconds between two messages with results. */
const INTERVAL_MILLISECONDS = 150;

export const conformance: Handlers["conformance"] = async ({ target, base, plan: choice }, { signal, tell }) => {
  const plan = planOf(choice);
  tell({ kind: "planned", total: plan.cases.length });
  let lines: CaseLine[] = [];
  let lastTold = performance.now();
  const tellLines = (): void => {
    tell({ kind: "decided", lines });
    lines = [];
    lastTold = performance.now();
  };
  const report = await runConformance(plan, {
    create: () => createTarget(target, base),
    machine: browserMachine(navigator),
    signal,
    onResult: (result) => {
      // An aborted case has no result.
      if (signal.aborted) return;
      lines.push(lineOf(result));
      if (performance.now() - lastTold > INTERVAL_MILLISECONDS) tellLines();
    },
  });
  signal.throwIfAborted();
  tellLines();
  return { report: { ...report, cases: [] }, notRun: notRun(report), json: reportToJson(report) };
};
