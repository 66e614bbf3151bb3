import { createBackend } from "@isoconv/backend-reference";
import { describe, expect, it, test } from "vitest";
import { budgets } from "../../plan/budget.js";
import { profiles } from "../../plan/profile.js";
import { broken, contextOf } from "./broken-backend.test.support.js";
import { contract, watch } from "./contract.js";
import { contracts, type ContractName } from "./contracts.js";
import { breaches } from "./faults.test.support.js";
import { pipeline } from "./networks.js";

const names = Object.keys(contracts) as ContractName[];
const plan = contract.plan({
  profile: profiles.inference,
  budget: "quick",
  limits: budgets.quick,
  seed: 1,
  wants: () => true,
});

test("every contract is one case with its name", () => {
  expect(plan.map(({ id }) => id)).toEqual(names.map((name) => `contract/${name}`));
  expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length);
});

describe.each([
  ["the reference backend", createBackend],
  ["a wrapper that changes nothing", broken(() => ({}))],
])("%s", (_name, create) => {
  it.each(plan)("keeps $id", async (testCase) => {
    expect(await contract.run(testCase, await contextOf(create))).toEqual({ passed: true, shares: [] });
  });
});

describe("a backend that breaks a contract", () => {
  it.each(names)("is caught: %s", async (name) => {
    const { fault, says } = breaches[name];
    const judgement = await watch(contracts[name], await contextOf(broken(fault)));
    expect(judgement.passed).toBe(false);
    expect(judgement.reason).toContain(`${contracts[name].promise}: `);
    expect(judgement.reason).toContain(says);
    expect(judgement.reason?.length).toBeLessThan(900);
  });
});

test("backends and executables of a contract are disposed, also if the contract is broken", async () => {
  const disposed: string[] = [];
  const create = broken(() => ({
    backend: (real) => ({
      id: "noted",
      dispose: () => {
        disposed.push("backend");
        return real.dispose();
      },
    }),
    executable: (real) => ({
      dispose: () => {
        disposed.push("executable");
        return real.dispose();
      },
    }),
  }));
  const watched = await watch(
    {
      promise: "Nothing",
      ops: [],
      async *observe({ fresh, compile, fill }) {
        await fresh();
        await compile(fill(pipeline()));
        yield { what: "a number", expected: "1", got: "2" };
      },
    },
    await contextOf(create),
  );
  expect(watched.reason).toBe("Nothing: a number: expected 1, got 2");
  expect(disposed.toSorted()).toEqual(["backend", "executable"]);
});
