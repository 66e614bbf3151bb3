import { readFileSync } from "node:fs";
import { readReport, renderMatrix, reportToJson, type Report } from "@isoconv/conformance";

/** The backends that run on a machine without a GPU, the oracle first. */
export const backendIds = ["reference", "onnx-node", "onnx-wasm", "tfjs-cpu", "tfjs-wasm"] as const;
export type BackendId = (typeof backendIds)[number];

export const matrixUrl = new URL("../../docs/matrix.md", import.meta.url);
export const reportUrl = (id: BackendId): URL => new URL(`../reports/${id}.json`, import.meta.url);

/** The report that is in the repository. */
export function committedReport(id: BackendId): Report {
  return readReport(readFileSync(reportUrl(id), "utf8"));
}

/** The text of a report for the repository: findings and measurements only; the totals still count every case. */
export function reportText(report: Report): string {
  return reportToJson(report, { detail: "findings" });
}

export function matrixText(reports: readonly Report[]): string {
  return renderMatrix(reports);
}
