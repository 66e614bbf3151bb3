import { definitionOf, formatNumber, opNames, type OpName } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";

/** The boundary values of an attribute that occur in a case. Values are JSON texts. */
export interface AttributeCoverage {
  readonly op: OpName;
  readonly attribute: string;
  readonly tried: readonly string[];
  /** Boundary values of the registry that occur in no case. */
  readonly untried: readonly string[];
}

/**
 * The attribute values in the networks of cases: of a plan, or of the passed cases of a report. Random graphs are not
 * counted, because they are drawn only when they run.
 */
export function attributeCoverage(cases: readonly Case[]): readonly AttributeCoverage[] {
  const seen = new Map<string, Set<string>>();
  for (const testCase of cases) {
    if (!("network" in testCase)) continue;
    for (const { op, attrs } of testCase.network.graph.nodes) {
      for (const [attribute, value] of Object.entries(attrs)) {
        const key = `${op}.${attribute}`;
        const values = seen.get(key) ?? new Set();
        seen.set(key, values.add(write(value)));
      }
    }
  }
  return opNames.flatMap((op) =>
    Object.entries(definitionOf(op).attrs).map(([attribute, { boundary }]): AttributeCoverage => {
      const tried = seen.get(`${op}.${attribute}`) ?? new Set();
      // Building a graph rounds float attributes to float32.
      const untried = boundary.map((value) => write(typeof value === "number" ? Math.fround(value) : value));
      return { op, attribute, tried: [...tried].toSorted(), untried: untried.filter((value) => !tried.has(value)) };
    }),
  );
}

function write(value: unknown): string {
  return typeof value === "number" ? formatNumber(value) : JSON.stringify(value);
}
