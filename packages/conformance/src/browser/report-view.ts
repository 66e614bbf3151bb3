import { reportToJson } from "../report/report-json.js";
import { familyNames } from "../plan/case.js";
import { statuses, type OpSummary, type Report } from "../report/report.js";
import { element } from "./element.js";

/** `nonconformant: 41 pass, 3 fail`. */
export function verdictText({ verdict, totals }: Report): string {
  const counts = statuses.flatMap((status) => (totals[status] === 0 ? [] : [`${totals[status]} ${status}`]));
  return `${verdict}: ${counts.join(", ")}`;
}

/** A table of the operations, and a link that saves the report. */
export function reportDetails(report: Report): readonly Node[] {
  return [opTable(report), saveLink(report)];
}

function opTable({ backend, ops }: Report): Node {
  const heads = ["operation", ...statuses, "worst share of its bound"];
  return element("table", {}, [
    element("caption", {}, [`Cases of ${backend} by operation`]),
    element("thead", {}, [
      element(
        "tr",
        {},
        heads.map((text) => element("th", { scope: "col" }, [text])),
      ),
    ]),
    element("tbody", {}, ops.map(opRow)),
  ]);
}

function opRow(summary: OpSummary): Node {
  const { op, families, worst } = summary;
  const counts = statuses.map((status) =>
    familyNames.reduce((sum, family) => sum + (families[family]?.[status] ?? 0), 0),
  );
  const share = worst === undefined ? "" : `${worst.share.toPrecision(2)} in ${worst.case}`;
  return element("tr", {}, [
    element("th", { scope: "row" }, [op]),
    ...counts.map((count) => element("td", {}, [count === 0 ? "" : String(count)])),
    element("td", {}, [share]),
  ]);
}

function saveLink(report: Report): Node {
  const file = new Blob([reportToJson(report)], { type: "application/json" });
  const attributes = { href: URL.createObjectURL(file), download: `${report.backend}.report.json` };
  return element("p", {}, [element("a", attributes, [`Save report.json of ${report.backend}`])]);
}
