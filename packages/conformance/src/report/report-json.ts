import { checkOptions, IsoconvError, optionChecks } from "@isoconv/core-spec";
import { isSmall } from "./network-codec.js";
import type { CaseResult, Report } from "./report.js";
import { reportCodec } from "./report-codec.js";

/** Every case, or only those that did not pass or have a measured value. */
export type Detail = "all" | "findings";

/**
 * The canonical text of a report: the same report gives the same bytes. Members have a fixed order; NaN, ±∞ and −0 are
 * strings; counterexamples with more than 16,384 elements are left out.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option
 */
export function reportToJson(report: Report, options: { readonly detail?: Detail } = {}): string {
  checkOptions(options, { known: { detail: optionChecks.oneOf(["all", "findings"]) } }, { op: "reportToJson" });
  const { detail = "all" } = options;
  const cases = report.cases.filter((result) => detail === "all" || saysSomething(result)).map(withoutLargeNetworks);
  return `${JSON.stringify(reportCodec.write({ ...report, cases }), undefined, 2)}\n`;
}

/**
 * Reads a report.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` with the place in `path` for anything that is not a report of this version
 */
export function readReport(text: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new IsoconvError("INVALID_ATTRIBUTE", { path: "report", what: "not JSON", cause });
  }
  return reportCodec.read(json, "");
}

function saysSomething({ status, measured }: CaseResult): boolean {
  return status !== "pass" || measured !== undefined;
}

function withoutLargeNetworks(result: CaseResult): CaseResult {
  const { counterexample, ...rest } = result;
  return counterexample === undefined || isSmall(counterexample) ? result : rest;
}
