import { createBackend } from "@isoconv/backend-reference";
import type { Backend } from "@isoconv/core-spec";
import { describe, expect, it, test } from "vitest";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";
import { broken, type Fault } from "../contract/broken-backend.test.support.js";
import { stateFaults } from "./state-faults.test.support.js";

const plan = planConformance({ filter: ["state/**"] });

async function reasons(create: () => Promise<Backend>): Promise<readonly string[]> {
  const { cases } = await runConformance(plan, { create });
  return cases.flatMap(({ status, reason }) => (status === "pass" ? [] : [reason ?? status]));
}

test("programs pass on the reference, and draw the same steps each time", async () => {
  expect(await reasons(createBackend)).toEqual([]);
});

describe("a backend with a fault of state", () => {
  it.each(Object.entries(stateFaults))("is caught: %s", async (_name, fault: () => Fault) => {
    const found = await reasons(broken(fault));
    expect(found.length).toBeGreaterThan(0);
    for (const reason of found) expect(reason).toMatch(/, in the program: compile /u);
  });
});

it("shrinks a failure to the steps that it needs", async () => {
  const found = await reasons(broken(stateFaults["results-cached-by-batch"]));
  const shortest = Math.min(...found.map((reason) => reason.split("; ").length));
  expect(shortest).toBeLessThanOrEqual(3);
});
