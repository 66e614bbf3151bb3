import {
  formatFigure,
  formatInterval,
  formatSpeed,
  type BenchReport,
  type BenchRow,
  type Measured,
  type NotMeasured,
} from "@isoconv/inspect";
import type pc from "picocolors";
import { renderTable, type Column } from "../../table.js";

type Colors = ReturnType<typeof pc.createColors>;

/** The tables `isoconv bench` prints. */
export function renderBench(report: BenchReport, colors: Colors): string {
  const { machine, rounds, sessions, rows } = report;
  const refused = rows.flatMap(({ subject, backend, result }) =>
    result.status === "measured" ? [] : [`${paintStatus(result, colors)} ${subject} on ${backend}: ${result.reason}`],
  );
  const absent = report.unavailable.map(({ id, reason }) => `not run: ${id}: ${reason}`);
  const notes = [...refused, ...absent].join("\n");
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, ${machine.host}; ${rounds} rounds in ${sessions} sessions`,
    renderBackends(report),
    renderSpeeds(report, "op", "operation", colors),
    renderSpeeds(report, "model", "network", colors),
    renderStarts(rows),
    notes,
    "Times are end to end, feeds in and results out in host memory. Runs with tensors that stay on the device are\nnot measured: a backend's `run` takes and returns host arrays only.",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function renderBackends({ backends }: BenchReport): string {
  return renderTable(
    [
      { title: "backend", align: "left", cell: ({ id }) => id },
      { title: "runtime", align: "left", cell: ({ runtime }) => `${runtime.name} ${runtime.version}` },
      { title: "device", align: "left", cell: ({ device }) => device },
      { title: "threads", align: "right", cell: ({ threads }) => String(threads) },
      { title: "create ms", align: "right", cell: ({ create }) => formatFigure(create) },
    ],
    backends,
  );
}

function renderSpeeds(report: BenchReport, kind: BenchRow["kind"], title: string, colors: Colors): string {
  const rows = report.rows.filter((row) => row.kind === kind);
  if (rows.length === 0) return "";
  const columns: readonly Column<BenchRow>[] = [
    { title, align: "left", cell: ({ subject, batch }) => (batch === 1 ? subject : `${subject}, batch ${batch}`) },
    { title: "backend", align: "left", cell: ({ backend }) => backend },
    figures(
      "ms",
      ({ steady }) => formatFigure(steady.median),
      (row) => row.status,
    ),
    {
      title: "vs baseline",
      align: "left",
      cell: ({ backend, result }) =>
        result.status !== "measured" ? "–" : backend === report.baseline ? "baseline" : formatSpeed(result),
      paint: (text, { result }) => paintSpeed(text, result, colors),
    },
    figures("GMAC/s", ({ gmacPerSecond }) => (gmacPerSecond === undefined ? "–" : formatFigure(gmacPerSecond))),
    figures("GB/s", ({ gigabytesPerSecond }) => formatFigure(gigabytesPerSecond)),
  ];
  return renderTable(columns, rows);
}

function renderStarts(rows: readonly BenchRow[]): string {
  if (!rows.some(({ result }) => result.status === "measured")) return "";
  return renderTable(
    [
      { title: "start", align: "left", cell: ({ subject }) => subject },
      { title: "backend", align: "left", cell: ({ backend }) => backend },
      figures("compile ms", ({ compile }) => formatFigure(compile)),
      figures("first run ms", ({ firstRun }) => formatFigure(firstRun)),
      figures("steady ms [95 %]", ({ steady }) => formatInterval(steady)),
    ],
    rows.filter(({ result }) => result.status === "measured"),
  );
}

function figures(
  title: string,
  format: (result: Measured) => string,
  otherwise: (result: NotMeasured) => string = () => "–",
): Column<BenchRow> {
  return {
    title,
    align: "right",
    cell: ({ result }) => (result.status === "measured" ? format(result) : otherwise(result)),
  };
}

function paintSpeed(text: string, result: BenchRow["result"], colors: Colors): string {
  if (result.status !== "measured" || result.speed?.significant !== true) return text;
  return result.speed.ratio.median > 1 ? colors.green(text) : colors.red(text);
}

function paintStatus({ status }: NotMeasured, colors: Colors): string {
  return status === "unsupported" ? colors.yellow(status) : colors.red(status);
}
