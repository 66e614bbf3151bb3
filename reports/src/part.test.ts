import { planConformance, type Case } from "@isoconv/conformance";
import { opNames } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { partOf } from "./part.js";

const plan = planConformance();
const part = new Set(partOf(plan));
const run = plan.cases.filter(({ id }) => part.has(id));

it("the part that npm test runs on software GPUs has every operation in every family but random graphs and networks", () => {
  const keysOf = (cases: readonly Case[]): ReadonlySet<string> =>
    new Set(
      cases
        .filter(({ family }) => family !== "property" && family !== "model")
        .flatMap(({ family, ops }) => (ops.length === 1 ? [`${family} ${ops[0]}`] : [])),
    );
  expect(keysOf(run)).toEqual(keysOf(plan.cases));
  expect(new Set(run.flatMap(({ ops }) => ops))).toEqual(new Set(opNames));
});

it("the part is less than a quarter of the plan", () => {
  expect(run).toHaveLength(part.size);
  expect(run.length).toBeLessThan(plan.cases.length / 4);
});
