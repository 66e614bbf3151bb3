import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderJunit } from "../report/junit.js";
import { renderPage, type PageInput } from "../report/page/page.js";
import { reportToJson } from "../report/report-json.js";
import type { Report } from "../report/report.js";
import { renderSummary } from "../report/summary-markdown.js";

/** Writes a report in every format into an existing folder; resolves to the paths. */
export async function writeReports(
  folder: string,
  { report, coverage }: { readonly report: Report; readonly coverage: NonNullable<PageInput["coverage"]> },
): Promise<readonly string[]> {
  const files = {
    "report.json": reportToJson(report),
    "junit.xml": renderJunit(report),
    "report.html": renderPage({ reports: [report], coverage }),
    "summary.md": renderSummary(report),
  };
  return Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    }),
  );
}
