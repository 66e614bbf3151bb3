import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isIsoconvError } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { reportSchema } from "./report-codec.js";
import { readReport, reportToJson } from "./report-json.js";
import type { Report } from "./report.js";
import { faultyReport, hostileReport } from "./sample-plan.test.support.js";

const published: object = JSON.parse(readFileSync(new URL("../../report.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(published);

function refusal(json: unknown): string | undefined {
  try {
    readReport(JSON.stringify(json));
  } catch (error) {
    if (isIsoconvError(error, "INVALID_ATTRIBUTE")) return error.path;
    throw error;
  }
  return undefined;
}

test("the published schema is up to date", () => {
  expect(published).toEqual(reportSchema);
});

test.each([
  ["of a run", faultyReport],
  ["with every status and numbers JSON lacks", hostileReport],
])("a report %s is read back as it was, keeps its bytes, and fits the schema", async (_what, make) => {
  const report = await make();
  const text = reportToJson(report);
  expect(readReport(text)).toEqual(report);
  expect(reportToJson(readReport(text))).toBe(text);
  expect(text.endsWith("}\n")).toBe(true);
  validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
});

test("the order of members does not depend on the object's own order", async () => {
  const report = await hostileReport();
  const reversed = Object.fromEntries(Object.entries(report).toReversed()) as Record<string, never> & Report;
  expect(reportToJson(reversed)).toBe(reportToJson(report));
});

test("findings leave out passed cases, and the totals include them", async () => {
  const report = await hostileReport();
  const read = readReport(reportToJson(report, { detail: "findings" }));
  expect(read.cases.map(({ id }) => id)).toEqual(report.cases.map(({ id }) => id).filter((id) => id !== "g"));
  expect(read.totals).toEqual(report.totals);
  expect(read.ops).toEqual(report.ops);
});

test("a counterexample with too many elements is left out", async () => {
  const report = await hostileReport();
  const cases = report.cases.map((each) =>
    each.counterexample !== undefined && "feeds" in each.counterexample
      ? {
          ...each,
          counterexample: {
            ...each.counterexample,
            feeds: { x: { dtype: "float32", shape: [20_000], data: new Float32Array(20_000) } as const },
          },
        }
      : each,
  );
  const read = readReport(reportToJson({ ...report, cases }));
  expect(read.cases.filter(({ counterexample }) => counterexample !== undefined).map(({ id }) => id)).toEqual(["d"]);
});

test("a malformed report is refused with the place of the mistake", async () => {
  const good = JSON.parse(reportToJson(await hostileReport()));
  const { verdict: _verdict, ...without } = good;
  const firstCase = (change: object): unknown => ({ ...good, cases: [{ ...good.cases[3], ...change }] });
  expect(refusal(good)).toBeUndefined();
  expect(refusal([])).toBe("");
  expect(refusal({ ...good, version: 2 })).toBe("version");
  expect(refusal(without)).toBe("verdict");
  expect(refusal({ ...good, surplus: 1 })).toBe("surplus");
  expect(refusal({ ...good, totals: { ...good.totals, pass: -1 } })).toBe("totals.pass");
  expect(refusal(firstCase({ status: "fine" }))).toBe("cases[0].status");
  expect(refusal(firstCase({ shares: [{ op: "conv2d", share: "much" }] }))).toBe("cases[0].shares[0].share");
  expect(refusal(firstCase({ counterexample: { graph: {}, batch: 1, seed: 1, fills: {} } }))).toBe(
    "cases[0].counterexample.graph",
  );
  expect(() => readReport("{")).toThrow(/INVALID_ATTRIBUTE: report: not JSON/);
});

test("unknown options are refused", async () => {
  const report = await faultyReport();
  expect(() => reportToJson(report, { details: "findings" } as never)).toThrow(/Did you mean "detail"\?$/);
});
