import { createBackend } from "@isoconv/backend-reference";
import { expect, it } from "vitest";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";
import { traps, type Trap } from "./traps.js";

const plan = planConformance({ filter: ["trap/**"] });

it("passes on the reference", async () => {
  const { cases } = await runConformance(plan, { create: createBackend });
  expect(cases.filter(({ status }) => status !== "pass")).toEqual([]);
});

it("has a case for every trap, and a story of every trap", () => {
  expect(plan.cases.map(({ id }) => id)).toEqual(Object.keys(traps).map((name) => `trap/${name}`));
  for (const { story } of Object.values<Trap>(traps)) expect(story).toMatch(/^\S.{30,}[^.]$/);
});

it.each([
  [112, 56],
  [56, 28],
  [54, 27],
  [28, 14],
])("at %d has PyTorch's ceil extent %d", (extent, out) => {
  const found = plan.cases.find(({ id }) => id === `trap/maxpool-k3-s2-ceil-at-${extent}`);
  if (found?.family !== "trap") throw new Error("no such trap");
  expect(found.network.graph.nodes[0]?.shape.slice(2)).toEqual([out, out]);
});
