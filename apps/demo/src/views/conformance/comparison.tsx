import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Engine } from "../../engine/engine.js";
import { isAborted } from "../../engine/plain-error.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { FileInput } from "../../parts/file-input.js";
import { setState, stateOf } from "../../route/url-state.js";
import { committedReports } from "./committed-reports.js";
import { OpMatrix, type MatrixColumn } from "./op-matrix.js";
import { gpuOf } from "./suite-matrix.js";
import type { Column } from "./suite-run.js";
import { chosenBackends, nameOf } from "./suite-state.js";
import type { OtherReport, ReportSource } from "./suite-tasks.js";
import { tallyOf } from "./tally.js";
import { VerdictWord } from "./verdict-word.js";
import { countsText, words } from "./words.js";

/** Reports of other machines beside the results from here. */
export function Comparison({ columns }: { readonly columns: readonly Column[] }): VNode {
  const reports = useSignal<readonly OtherReport[]>([]);
  const error = useSignal<unknown>(undefined);
  const isOpen = stateOf("compare", "") === "reports";
  const engine = useMemo(() => new Engine(), []);
  useEffect(() => () => engine.end(), [engine]);
  const read = async (sources: readonly ReportSource[]): Promise<void> => {
    try {
      const found = await engine.call("reports", sources);
      const names = new Set(found.map(({ name }) => name));
      // Allows the same file to be chosen again after a change.
      reports.value = [...found, ...reports.value.filter(({ name }) => !names.has(name))];
      error.value = undefined;
    } catch (reason) {
      if (!isAborted(reason)) error.value = reason;
    }
  };
  useEffect(() => {
    if (isOpen) void read(committedReports);
  }, [isOpen]);
  const { compare, compareHint, loadingReports, ownReport } = words.value;
  return (
    <details
      class="comparison"
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== isOpen) setState({ compare: open ? "reports" : undefined });
      }}
    >
      <summary>{compare}</summary>
      <p class="faint">{compareHint}</p>
      {error.value !== undefined && <ErrorMessage error={error.value} />}
      {reports.value.length === 0 && error.value === undefined && <p role="status">{loadingReports}</p>}
      {reports.value.length > 0 && <SideBySide columns={columns} reports={reports.value} />}
      <FileInput
        label={ownReport}
        accept=".json,application/json"
        onFiles={([file]) => void read([{ name: file.name, file }])}
      />
    </details>
  );
}

function SideBySide({
  columns,
  reports,
}: {
  readonly columns: readonly Column[];
  readonly reports: readonly OtherReport[];
}): VNode {
  const all = stateOf("machines", "") === "all";
  const chosen: readonly string[] = chosenBackends();
  const committed = new Set(committedReports.map(({ name }) => name));
  // Reports that the reader added are always shown.
  const shown = reports.filter(({ name, report }) => all || !committed.has(name) || chosen.includes(report.backend));
  const { compareAll, compareTable, verdict, host, runtime, gpu, cases } = words.value;
  return (
    <>
      <p>
        <label>
          <input
            type="checkbox"
            checked={all}
            onChange={({ currentTarget }) => setState({ machines: currentTarget.checked ? "all" : undefined })}
          />{" "}
          {compareAll}
        </label>
      </p>
      <OpMatrix
        caption={compareTable}
        facts={[verdict, host, runtime, gpu, cases]}
        columns={[...columns.flatMap(ownColumn), ...shown.map(otherColumn)]}
      />
    </>
  );
}

function ownColumn({ target, result }: Column): readonly MatrixColumn[] {
  if (result === undefined) return [];
  const name = `${nameOf(target)} (${words.value.here})`;
  return [{ ...otherColumn({ name, report: result.report }), key: `here/${target}` }];
}

function otherColumn({ name, report }: OtherReport): MatrixColumn {
  const { verdict, machine, capabilities, totals, ops } = report;
  const { runtime } = capabilities;
  return {
    key: name,
    title: name,
    facts: [
      <VerdictWord key="verdict" verdict={verdict} />,
      machine === undefined ? words.value.notTold : `${machine.host}, ${machine.cpu}, ${machine.platform}`,
      `${runtime.name} ${runtime.version}`,
      gpuOf(capabilities),
      countsText(totals),
    ],
    tally: tallyOf(ops),
  };
}
