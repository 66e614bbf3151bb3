import { existsSync, readFileSync } from "node:fs";
import { readReport, renderMatrix, reportToJson, type Report } from "@isoconv/conformance";

/** Where a report comes from. */
export interface ReportEntry {
  /** Of its file, and unique. */
  readonly name: string;
  readonly backend: string;
  readonly host: "node" | "page";
  /** On a GPU, which here is software. */
  readonly isOnGpu: boolean;
}

const inNode = (backend: string): ReportEntry => ({ name: backend, backend, host: "node", isOnGpu: false });
const inPage = (backend: string): ReportEntry => ({
  name: `${backend}-browser`,
  backend,
  host: "page",
  isOnGpu: false,
});
const onGpu = (entry: ReportEntry): ReportEntry => ({ ...entry, isOnGpu: true });

/** Every report in the repository, the oracle's first, then as the columns of the matrix. */
export const reportEntries: readonly ReportEntry[] = [
  inNode("reference"),
  inNode("onnx-node"),
  inNode("onnx-wasm"),
  inPage("onnx-wasm"),
  onGpu(inNode("onnx-node-webgpu")),
  onGpu(inPage("onnx-webgpu")),
  inNode("tfjs-cpu"),
  inNode("tfjs-wasm"),
  inPage("tfjs-wasm"),
  onGpu(inPage("tfjs-webgl")),
  onGpu(inNode("tfjs-webgpu")),
  onGpu(inPage("tfjs-webgpu")),
  inNode("tfjs-node"),
];

/** Written by who owns a card: `npm run reports:cuda`. */
export const cudaEntries: readonly ReportEntry[] = [onGpu(inNode("onnx-cuda")), onGpu(inNode("tfjs-cuda"))];

export const matrixUrl = new URL("../../docs/matrix.md", import.meta.url);
export const reportUrl = (name: string): URL => new URL(`../data/${name}.json`, import.meta.url);

/** The report that is in the repository. */
export function committedReport({ name }: ReportEntry): Report {
  return readReport(readFileSync(reportUrl(name), "utf8"));
}

/** The text of a report for the repository: findings and measurements only; the totals still count every case. */
export function reportText(report: Report): string {
  return reportToJson(report, { detail: "findings" });
}

/** `docs/matrix.md` by the committed reports; backends that nobody ran on their hardware are named as such. */
export function matrixText(): string {
  const hasReport = ({ name }: ReportEntry): boolean => existsSync(reportUrl(name));
  const matrix = renderMatrix([...reportEntries, ...cudaEntries.filter(hasReport)].map(committedReport));
  const missing = cudaEntries.filter((entry) => !hasReport(entry)).map(({ backend }) => `\`${backend}\``);
  if (missing.length === 0) return matrix;
  return `${matrix}\n## Unverified on hardware\n\n${missing.join(" and ")} have not run on a GPU yet. [cuda.md](cuda.md) says what was tested without, and how to run them.\n`;
}
