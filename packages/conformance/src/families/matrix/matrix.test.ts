import { createBackend } from "@isoconv/backend-reference";
import { opNames } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { planConformance } from "../../plan/plan.js";
import { attributeCoverage } from "../../report/coverage.js";
import { runConformance } from "../../run/run-conformance.js";
import { choiceKey } from "./axes.js";
import { axesOf, rowsOf } from "./op-rows.js";

const plan = planConformance({ filter: ["op/*/matrix/**"] });

it("passes on the reference", async () => {
  const { totals, cases } = await runConformance(plan, { create: createBackend });
  expect(cases.filter(({ status }) => status !== "pass")).toEqual([]);
  expect(totals.pass).toBe(plan.cases.length);
});

it("has unique ids that are valid names of graphs", () => {
  const budget = process.env["ISOCONV_FULL"] === "1" ? "full" : "quick";
  const ids = planConformance({ budget, filter: ["op/*/matrix/**"] }).cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\w./:-]{1,200}$/);
});

it("writes short ids", () => {
  const ids = plan.cases.map(({ id }) => id);
  expect(ids).toContain("op/conv2d/matrix/k3");
  expect(ids.some((id) => /^op\/conv2d\/matrix\/k\w+-s\w+-p\w+-d\w+-g\w+/.test(id))).toBe(true);
});

describe.each(opNames)("%s", (op) => {
  it("has every value of every axis that a valid row can have", () => {
    const { rows, impossible } = rowsOf(op, 2);
    const values = (name: string): Set<string> => new Set(rows.map((row) => choiceKey(row[name])));
    for (const [name, list] of Object.entries(axesOf(op))) {
      for (const value of list) {
        const isImpossible = impossible.some(
          (part) => Object.keys(part).length === 1 && choiceKey(part[name]) === choiceKey(value),
        );
        expect(values(name).has(choiceKey(value)), `${name} ${choiceKey(value)}`).toBe(!isImpossible);
      }
    }
  });
});

/** Values that are never valid: an extent cannot be inferred if another is 0, and a slice that ends at 0 is empty. */
const CANNOT_OCCUR: Readonly<Record<string, readonly string[]>> = {
  "reshape.shape": ["[-1,0]"],
  "slice.ends": ["[0]", "[0,1]"],
};

it("covers every boundary value of every attribute", () => {
  const untried = attributeCoverage(plan.cases).flatMap(({ op, attribute, untried }) =>
    untried.length === 0 ? [] : [[`${op}.${attribute}`, untried]],
  );
  expect(Object.fromEntries(untried)).toEqual(CANNOT_OCCUR);
});
