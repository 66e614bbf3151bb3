import { createBackend } from "@isoconv/backend-reference";
import type { Backend } from "@isoconv/core-spec";
import { describe, expect, it, test } from "vitest";
import type { Judgement } from "@isoconv/judge";
import type { ModelCase } from "../../plan/case.js";
import { budgets } from "../../plan/budget.js";
import { profiles } from "../../plan/profile.js";
import { broken, contextOf, mapElements, type Fault } from "../contract/broken-backend.test.support.js";
import { declaring, f16Storage, tf32 } from "../probe/faults.test.support.js";
import { model } from "./model.js";

const plan = model.plan({
  profile: profiles.inference,
  budget: "quick",
  limits: budgets.quick,
  seed: 1,
  wants: () => true,
});

function lenet(mode: ModelCase["mode"]): ModelCase {
  return plan.find((each) => each.model === "d2l/lenet" && each.mode === mode)!;
}

async function run(mode: ModelCase["mode"], create: () => Promise<Backend>): Promise<Judgement> {
  return model.run(lenet(mode), await contextOf(create));
}

/** Changes one element of a node or an output by a small factor. */
const wrong =
  (graphName: string, change: number): (() => Fault) =>
  () => ({
    executable: (real) => ({
      run: async (feeds) =>
        mapElements(await real.run(feeds), (value, index) =>
          real.graph.name === graphName && index === 3 ? value * (1 + change) : value,
        ),
    }),
  });

/** The reports run all networks on the reference. */
const small = plan.filter((each) => ["d2l/lenet", "squeezenet1_1", "mobilenet_v3_small"].includes(each.model));

test.each(small)("the reference backend passes $id", async (testCase) => {
  const { passed, reason, shares } = await model.run(testCase, await contextOf(createBackend));
  expect(reason).toBeUndefined();
  expect(passed).toBe(true);
  const ops = testCase.mode === "layer-by-layer" ? testCase.ops : [];
  expect(shares.map(({ op }) => op).toSorted()).toEqual(ops.toSorted());
});

describe("layer by layer", () => {
  it("names the first node outside its bound, with the values", async () => {
    const judgement = await run("layer-by-layer", broken(wrong("3", 2 ** -10)));
    expect(judgement.passed).toBe(false);
    expect(judgement.reason).toMatch(/^node "3" \(conv2d, 4 of 12\): outside its bound at \[0, 0, 0, 3\]: expected /);
    expect(judgement.shares.find(({ op }) => op === "conv2d")?.share).toBeGreaterThan(1);
  });

  it("says when a node's result is missing", async () => {
    const silent = broken(() => ({ executable: () => ({ run: async () => ({}) }) }));
    expect((await run("layer-by-layer", silent)).reason).toBe('node "0" (conv2d, 1 of 12): not returned');
  });

  it("computes the oracle's results once for several backends", async () => {
    const first = await contextOf(createBackend);
    const second = { ...(await contextOf(broken(wrong("3", 2 ** -10)))), memo: first.memo };
    expect((await model.run(lenet("layer-by-layer"), first)).passed).toBe(true);
    const { reason } = await model.run(lenet("layer-by-layer"), second);
    expect(reason).toContain('node "3" (conv2d, 4 of 12): outside its bound');
  });

  it("stops when the signal is aborted", async () => {
    const context = { ...(await contextOf(createBackend)), signal: AbortSignal.abort() };
    await expect(model.run(lenet("layer-by-layer"), context)).rejects.toThrow("ABORTED");
  });
});

describe("end to end", () => {
  it("refuses a deviation beyond the noise floor", async () => {
    const judgement = await run("end-to-end", broken(wrong("d2l/lenet", 2 ** -6)));
    expect(judgement.reason).toMatch(/^output "logits": deviates by \S+ of the largest element, at most \S+ is right$/);
  });

  it("refuses another top class", async () => {
    const negated = broken(() => ({
      executable: (real) => ({ run: async (feeds) => mapElements(await real.run(feeds), (value) => -value) }),
    }));
    expect((await run("end-to-end", negated)).reason).toContain("another largest element in rows 0");
  });

  it("says when an output is missing", async () => {
    const silent = broken(() => ({ executable: () => ({ run: async () => ({}) }) }));
    expect((await run("end-to-end", silent)).reason).toBe('output "logits": not returned');
  });
});

describe.each(["layer-by-layer", "end-to-end"] as const)("TF32 %s", (mode) => {
  it("passes if it is declared, and fails if f32 is declared", async () => {
    expect((await run(mode, broken(declaring({ arithmetic: "tf32" }, tf32)))).reason).toBeUndefined();
    expect((await run(mode, broken(declaring({}, tf32)))).passed).toBe(false);
  });
});

test.each(["layer-by-layer", "end-to-end"] as const)(
  "half-precision storage passes %s where it is declared",
  async (mode) => {
    const half = broken(declaring({ arithmetic: "f16-storage", subnormals: "flushed" }, f16Storage));
    expect((await run(mode, half)).reason).toBeUndefined();
  },
);
