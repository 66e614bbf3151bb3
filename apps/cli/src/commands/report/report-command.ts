import { attributeCoverage, planConformance, readReport, renderPage } from "@isoconv/conformance";
import { readBenchReport, speedSection } from "@isoconv/inspect";
import { IsoconvError, isIsoconvError } from "@isoconv/core-spec";
import { readJsonFile } from "../../files.js";
import { checkOutput, STDOUT, writeResult } from "../../output.js";
import { printBeside } from "../../print.js";

export interface ReportOptions {
  readonly output: string;
  /** What `isoconv bench --report` wrote. */
  readonly speed: string | undefined;
}

const REPORT = "the report.json that isoconv conformance --report writes";
const SPEED = "the file that isoconv bench --report writes";

/** `isoconv report <file…>`: joins the reports of several backends, and their speed, into one page. */
export async function joinReports(files: readonly string[], { output, speed }: ReportOptions): Promise<void> {
  await checkOutput(output, "HTML");
  const reports = await Promise.all(files.map((file) => read(file, REPORT, readReport)));
  const [first] = reports;
  if (first === undefined) throw new IsoconvError("INVALID_ATTRIBUTE", { path: "file", what: "no report to show" });
  const { profile, budget, seed } = first.plan;
  const coverage = attributeCoverage(planConformance({ profile, budget, seed }).cases);
  const sections = speed === undefined ? [] : [speedSection(await read(speed, SPEED, readBenchReport))];
  await writeResult(output, renderPage({ reports, coverage, sections }));
  const verdicts = reports.map(({ backend, verdict }) => `${backend}: ${verdict}`).join("\n");
  printBeside(output, output === STDOUT ? verdicts : `${verdicts}\nWritten: ${output}`);
}

/** Reads and parses a file. Errors name the file. */
async function read<T>(file: string, expected: string, parse: (text: string) => T): Promise<T> {
  const text = await readJsonFile(file, expected);
  try {
    return parse(text);
  } catch (cause) {
    if (!isIsoconvError(cause)) throw cause;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path: file,
      what: cause.message.replace(`${cause.code}: `, ""),
      cause,
    });
  }
}
