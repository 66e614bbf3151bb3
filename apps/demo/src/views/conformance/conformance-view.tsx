import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { CaseDialog } from "./case-dialog.js";
import { Comparison } from "./comparison.js";
import "./conformance.css";
import { Findings } from "./findings.js";
import { HeadroomLegend } from "./op-matrix.js";
import { Outcomes } from "./outcomes.js";
import { SuiteControls } from "./suite-controls.js";
import { SuiteMatrix } from "./suite-matrix.js";
import { SuiteRun, type Column } from "./suite-run.js";
import { chosenTargets, nameOf, planChoice } from "./suite-state.js";
import { words } from "./words.js";

/** The results stay when the reader leaves the view; the workers are ended. */
const run = new SuiteRun();

export function ConformanceView(): VNode {
  useEffect(() => () => run.end(), []);
  const columns = run.columns.value;
  const isRunning = run.isRunning.value;
  const start = (): void => void run.start(chosenTargets(), planChoice());
  return (
    <div class="conformance">
      <h2>{words.value.title}</h2>
      <p class="lead">{words.value.lead}</p>
      <SuiteControls isRunning={isRunning} onRun={start} onStop={() => run.stop()} />
      <p role="status" class="state">
        {stateText(columns, isRunning)}
      </p>
      {columns.length > 0 && (
        <>
          <HeadroomLegend />
          <SuiteMatrix columns={columns} />
          <Findings columns={columns} />
          <Outcomes columns={columns} />
        </>
      )}
      <Comparison columns={columns} />
      <CaseDialog run={run} />
    </div>
  );
}

/** Announced when a backend is done, not at every case. */
function stateText(columns: readonly Column[], isRunning: boolean): string {
  if (columns.length === 0) return "";
  const { running, ended, phases, verdicts } = words.value;
  const over = columns.filter(({ phase }) => phase === "done" || phase === "stopped" || phase === "failed");
  if (isRunning) return running(over.length, columns.length);
  const parts = columns.map(
    ({ target, phase, result }) =>
      `${nameOf(target)}: ${result === undefined ? phases[phase] : verdicts[result.report.verdict]}`,
  );
  return ended(parts.join("; "));
}
