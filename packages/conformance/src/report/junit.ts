import { familyNames } from "../plan/case.js";
import type { CaseResult, Report } from "./report.js";
import { formatWorst, replayCommand } from "./wording.js";

/**
 * A report as JUnit XML: a test suite per family. `fail` and `xpass` are failures; `xfail`, `skip` and `unsupported` are
 * skipped, with the reason. A stale expectation is a separate failure.
 */
export function renderJunit(report: Report): string {
  const suites = familyNames.flatMap((family) => {
    const cases = report.cases.filter((result) => result.family === family);
    return cases.length === 0 ? [] : [suite(family, cases, report)];
  });
  const stale = report.stale.map(
    ({ cases, reason, link }) =>
      `    <testcase classname="expectations" name="${escapeXml(cases)}">\n` +
      `      <failure message="${escapeXml(`matches no case: ${reason} (${link})`)}"/>\n    </testcase>\n`,
  );
  if (stale.length > 0) {
    suites.push(
      `  <testsuite name="expectations" tests="${stale.length}" failures="${stale.length}" errors="0" skipped="0">\n${stale.join("")}  </testsuite>\n`,
    );
  }
  const all = tally(report.cases);
  const [tests, failures] = [all.tests + stale.length, all.failures + stale.length];
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<testsuites name="${escapeXml(`isoconv conformance: ${report.backend}`)}" tests="${tests}" failures="${failures}" errors="${all.errors}" skipped="${all.skipped}">\n` +
    `${suites.join("")}</testsuites>\n`
  );
}

function suite(family: string, cases: readonly CaseResult[], report: Report): string {
  const { tests, failures, errors, skipped } = tally(cases);
  const rows = cases.map((result) => testCase(result, report)).join("");
  return `  <testsuite name="${family}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}">\n${rows}  </testsuite>\n`;
}

function tally(cases: readonly CaseResult[]): Record<"tests" | "failures" | "errors" | "skipped", number> {
  const kinds = cases.map(({ status }) => KIND[status]);
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  return { tests: cases.length, failures: count("failure"), errors: count("error"), skipped: count("skipped") };
}

const KIND = {
  pass: undefined,
  fail: "failure",
  xpass: "failure",
  error: "error",
  xfail: "skipped",
  skip: "skipped",
  unsupported: "skipped",
} as const;

function testCase(result: CaseResult, report: Report): string {
  const kind = KIND[result.status];
  const opening = `    <testcase classname="${escapeXml(`${report.backend}.${result.family}`)}" name="${escapeXml(result.id)}"`;
  if (kind === undefined) return `${opening}/>\n`;
  const message = escapeXml(messageOf(result));
  const body =
    kind === "skipped"
      ? `<skipped message="${message}"/>`
      : `<${kind} message="${message}" type="${result.status}">${escapeXml(detailsOf(result, report))}</${kind}>`;
  return `${opening}>\n      ${body}\n    </testcase>\n`;
}

function messageOf({ status, reason, expectation, ops }: CaseResult): string {
  const link = expectation === undefined ? "" : ` (${expectation.link})`;
  switch (status) {
    case "xfail":
      return `expected failure: ${expectation?.reason ?? ""}${link}`;
    case "unsupported":
      return `unsupported: ${ops.join(", ")}`;
    default:
      return `${reason ?? status}${link}`;
  }
}

function detailsOf({ id, reason, shares }: CaseResult, report: Report): string {
  const worst = shares.flatMap((share) =>
    share.worst === undefined ? [] : [`${share.op} ${formatWorst(share.worst)}`],
  );
  return [reason ?? "", ...worst, replayCommand(report, id)].join("\n");
}

/** Characters that XML 1.0 cannot contain, even escaped: most control characters, lone surrogates, U+FFFE, U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Escapes a text for XML; characters that XML cannot contain become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replaceAll(FORBIDDEN, "\u{fffd}").replaceAll(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? "");
}
