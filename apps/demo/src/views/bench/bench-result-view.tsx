import type { VNode } from "preact";
import { CopyButton } from "../../parts/copy-button.js";
import { saveFile } from "../../parts/save-file.js";
import { BackendTable, BenchNotes, SpeedTable } from "./bench-tables.js";
import type { BenchResult } from "./bench-tasks.js";
import { IntervalChart } from "./interval-chart.js";
import { words } from "./words.js";

/** The result of a benchmark. */
export function BenchResultView({ result }: { readonly result: BenchResult }): VNode {
  const { report, json, markdown } = result;
  const { copy, save, markdown: asMarkdown } = words.value;
  return (
    <>
      <IntervalChart report={report} />
      <SpeedTable report={report} />
      <BenchNotes report={report} />
      <BackendTable report={report} />
      <div class="controls taking">
        <CopyButton label={copy} text={() => markdown} />
        <button type="button" onClick={() => saveFile("isoconv-bench.json", json, "application/json")}>
          {save}
        </button>
      </div>
      <details>
        <summary>{asMarkdown}</summary>
        <pre class="scroll" tabIndex={0} role="region" aria-label={asMarkdown}>
          {markdown}
        </pre>
      </details>
    </>
  );
}
