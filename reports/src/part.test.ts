import { planConformance, type Case } from "@isoconv/conformance";
import { opNames } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { partOf } from "./part.js";

const plan = planConformance();
const drawn: readonly Case["family"][] = ["property", "model"];
const planned = plan.cases.filter(({ family }) => !drawn.includes(family));

function casesOf(where: { readonly isOnGpu: boolean }): readonly Case[] {
  const part = new Set(partOf(plan, where));
  const run = plan.cases.filter(({ id }) => part.has(id));
  expect(run).toHaveLength(part.size);
  return run;
}

const single = (cases: readonly Case[]): readonly Case[] => cases.filter(({ ops }) => ops.length === 1);
const keysOf = (cases: readonly Case[]): ReadonlySet<string> =>
  new Set(single(cases).map(({ family, ops }) => `${family} ${ops[0]}`));

it("npm test runs every operation in every family but random graphs and networks, in a twelfth of the plan at most", () => {
  const run = casesOf({ isOnGpu: false });
  expect(keysOf(run.filter(({ family }) => !drawn.includes(family)))).toEqual(keysOf(planned));
  expect(new Set(run.flatMap(({ ops }) => ops))).toEqual(new Set(opNames));
  expect(run.length).toBeLessThan(plan.cases.length / 12);
});

it("npm test runs every operation and those families on a GPU, in a fiftieth of the plan at most", () => {
  const run = casesOf({ isOnGpu: true });
  expect(new Set(single(run).flatMap(({ ops }) => ops))).toEqual(new Set(opNames));
  expect(new Set(run.map(({ family }) => family))).toEqual(new Set([...planned.map(({ family }) => family), "model"]));
  expect(run.length).toBeLessThan(plan.cases.length / 50);
});
