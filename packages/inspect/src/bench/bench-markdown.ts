import { escapeMarkdown, markdownTable } from "@isoconv/conformance/report";
import type { BenchReport, BenchRow } from "./bench-report.js";
import { formatFigure, formatInterval, formatSpeed } from "./wording.js";

/** Formats a speed report as Markdown. */
export function renderBenchMarkdown(report: BenchReport): string {
  const { machine, rounds, sessions, backends, unavailable, rows } = report;
  const refused = rows.flatMap(({ subject, backend, result }) =>
    result.status === "measured"
      ? []
      : [`- ${result.status} ${escapeMarkdown(`${subject} on ${backend}: ${result.reason}`)}`],
  );
  const absent = unavailable.map(({ id, reason }) => `- not run: ${escapeMarkdown(`${id}: ${reason}`)}`);
  const notes = [...refused, ...absent];
  return `${[
    `${escapeMarkdown(`${machine.cpu}, ${machine.cores} cores, ${machine.platform}, ${machine.host}`)}; ${rounds} rounds in ${sessions} sessions.`,
    markdownTable(
      ["backend", "runtime", "device", "threads", "create ms"],
      backends.map(({ id, runtime, device, adapter = device, threads, create }) =>
        [id, `${runtime.name} ${runtime.version}`, adapter, String(threads), formatFigure(create)].map(escapeMarkdown),
      ),
    ),
    markdownTable(
      ["subject", "backend", "steady ms [95 %]", "vs baseline", "compile ms", "first run ms", "GMAC/s", "GB/s"],
      rows.map((row) => cells(row, report.baseline)),
    ),
    ...(notes.length === 0 ? [] : [notes.join("\n")]),
    "Times are end to end, feeds in and results out in host memory.",
  ].join("\n\n")}\n`;
}

function cells({ subject, batch, backend, result }: BenchRow, baseline: string): readonly string[] {
  const names = [batch === 1 ? subject : `${subject}, batch ${batch}`, backend].map(escapeMarkdown);
  if (result.status !== "measured") return [...names, result.status, "–", "–", "–", "–", "–"];
  const { steady, compile, firstRun, gmacPerSecond, gigabytesPerSecond } = result;
  return [
    ...names,
    formatInterval(steady),
    backend === baseline ? "baseline" : formatSpeed(result),
    formatFigure(compile),
    formatFigure(firstRun),
    gmacPerSecond === undefined ? "–" : formatFigure(gmacPerSecond),
    formatFigure(gigabytesPerSecond),
  ];
}
