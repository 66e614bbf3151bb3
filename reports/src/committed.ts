import { existsSync, readFileSync } from "node:fs";
import { backends, needsHardware, type BackendRow, type Host } from "@isoconv/backends";
import { readReport, renderMatrix, reportToJson, type Report } from "@isoconv/conformance";

/** The source of a report. */
export interface ReportEntry {
  /** The name of its file; unique. */
  readonly name: string;
  readonly backend: string;
  readonly host: Host;
  /** On a GPU, which here is software. */
  readonly isOnGpu: boolean;
  /** The share of the plan that is run. */
  readonly share: number;
}

/** A processor that plays the GPU takes ten times as long as one that computes itself. */
const SHARE_ON_GPU = 0.1;
/** In a page, if the same kernels run in Node as well. */
const SHARE_IN_PAGE = 0.02;

function entryOf({ id, device, hosts }: BackendRow, host: Host): ReportEntry {
  const isOnGpu = device === "gpu";
  const isAgain = host === "page" && hosts.some((other) => other === "node");
  const share = isOnGpu ? (isAgain ? SHARE_IN_PAGE : SHARE_ON_GPU) : 1;
  return { name: host === "page" ? `${id}-browser` : id, backend: id, host, isOnGpu, share };
}

/** Every report in the repository, in the table's order, which is that of the matrix. */
export const reportEntries: readonly ReportEntry[] = backends
  .filter((row) => !needsHardware(row))
  .flatMap((row) => row.hosts.filter((host) => isReported(row, host)).map((host) => entryOf(row, host)));

/** JavaScript computes the same in a page as in Node, where it is run. */
function isReported({ runtime }: BackendRow, host: Host): boolean {
  return host === "node" || runtime !== "JavaScript";
}

/** Written by who owns the hardware. */
export const hardwareEntries: readonly ReportEntry[] = backends
  .filter(needsHardware)
  .map((row) => entryOf(row, row.hosts[0]));

/** Written by `npm run reports:cuda`. */
export const cudaEntries: readonly ReportEntry[] = hardwareEntries.filter(({ backend }) =>
  backends.some(({ id, runtime }) => id === backend && runtime === "CUDA"),
);

export const matrixUrl = new URL("../../docs/matrix.md", import.meta.url);
export const reportUrl = (name: string): URL => new URL(`../data/${name}.json`, import.meta.url);

/** Reads a committed report. */
export function committedReport({ name }: ReportEntry): Report {
  return readReport(readFileSync(reportUrl(name), "utf8"));
}

/** The text of a report for the repository: findings and measurements only; the totals still count every case. */
export function reportText(report: Report): string {
  return reportToJson(report, { detail: "findings" });
}

/** The text of `docs/matrix.md` from the committed reports; it names the backends that have not run on their hardware. */
export function matrixText(): string {
  const hasReport = ({ name }: ReportEntry): boolean => existsSync(reportUrl(name));
  const matrix = renderMatrix([...reportEntries, ...hardwareEntries.filter(hasReport)].map(committedReport));
  const missing = hardwareEntries.filter((entry) => !hasReport(entry)).map(({ backend }) => `\`${backend}\``);
  if (missing.length === 0) return matrix;
  const names = new Intl.ListFormat("en").format(missing);
  return `${matrix}\n## Unverified on hardware\n\n${names} have not run on their hardware yet. [cuda.md](cuda.md) says what was tested of CUDA without a GPU, and how to run it.\n`;
}
