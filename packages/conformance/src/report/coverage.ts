import { definitionOf, formatNumber, opNames, type OpName } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";

/** Which of an attribute's boundary values occurred in some case. Values are written as JSON. */
export interface AttributeCoverage {
  readonly op: OpName;
  readonly attribute: string;
  readonly tried: readonly string[];
  /** Boundary values of the registry that no case has. */
  readonly untried: readonly string[];
}

/**
 * Which attribute values the networks of some cases have: those of a plan, or those of a report that passed. Random
 * graphs, drawn only when they run, do not count.
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
      // Float attributes are rounded when a graph is built.
      const untried = boundary.map((value) => write(typeof value === "number" ? Math.fround(value) : value));
      return { op, attribute, tried: [...tried].toSorted(), untried: untried.filter((value) => !tried.has(value)) };
    }),
  );
}

function write(value: unknown): string {
  return typeof value === "number" ? formatNumber(value) : JSON.stringify(value);
}
