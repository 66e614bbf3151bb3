import type { Capabilities } from "@isoconv/core-spec";
import { createBackend } from "@isoconv/backend-reference";
import { describe, expect, it, test } from "vitest";
import type { Judgement } from "@isoconv/judge";
import { budgets } from "../../plan/budget.js";
import { profiles } from "../../plan/profile.js";
import { broken, contextOf, type Fault } from "../contract/broken-backend.test.support.js";
import {
  bfloat16,
  declaring,
  droppingNan,
  f16,
  f16Storage,
  flushing,
  tf32,
  truncatedTf32,
  winograd,
} from "./faults.test.support.js";
import { probe } from "./probe.js";
import type { ProbeName } from "./probes.js";

const plan = probe.plan({
  profile: profiles.inference,
  budget: "quick",
  limits: budgets.quick,
  seed: 1,
  wants: () => true,
});

async function run(name: ProbeName, declared: Partial<Capabilities>, fault?: Fault): Promise<Judgement> {
  const testCase = plan.find((each) => each.probe === name)!;
  return probe.run(testCase, await contextOf(broken(declaring(declared, fault))));
}

describe("the reference backend measures as declared", () => {
  it.each(plan)("$id", async (testCase) => {
    const judgement = await probe.run(testCase, await contextOf(createBackend));
    expect(judgement).toMatchObject({ passed: true });
    expect(judgement.measured).not.toBe("");
  });
});

test.each<[ProbeName, string, Partial<Capabilities>, Fault | undefined, string]>([
  ["arithmetic", "TF32 declared as f32", {}, tf32, "declared f32; measured tf32"],
  ["arithmetic", "f32 declared as TF32", { arithmetic: "tf32" }, undefined, "declared tf32; measured f32"],
  ["arithmetic", "f16 declared as f16-storage", { arithmetic: "f16-storage" }, f16, "measured f16"],
  ["arithmetic", "bfloat16", { arithmetic: "tf32" }, bfloat16, "measured no known class"],
  ["input-precision", "TF32 declared as f32", {}, tf32, "1 + 2⁻¹² as 1, 1 + 2⁻²³ as 1"],
  ["input-precision", "truncated TF32 declared as f32", {}, truncatedTf32, "1 + 3·2⁻¹² as 1 (truncated)"],
  ["input-precision", "bfloat16 declared as TF32", { arithmetic: "tf32" }, bfloat16, "1 + 2⁻¹⁰ comes back as 1,"],
  ["range", "f16 storage declared as TF32", { arithmetic: "tf32" }, f16Storage, "2¹⁷ comes back as Infinity"],
  ["accumulator", "f16 declared as f16-storage", { arithmetic: "f16-storage" }, f16, "4096 ones add up to 2048"],
  [
    "subnormals",
    "undeclared flushing",
    {},
    flushing,
    "declared kept; measured flushed: 2^-130 comes back as 0 from an input",
  ],
  ["non-finite", "NaN dropped", {}, droppingNan, "declared ieee; measured indeterminate: lost 0·∞ in conv2d"],
  ["conv-algorithm", "undeclared Winograd", {}, winograd, "declared direct; measured fast"],
  ["threads", "no thread at all", { threads: 0 }, undefined, "not a positive integer"],
  ["threads", "half a thread", { threads: 0.5 }, undefined, "not a positive integer"],
])("probe/%s refuses %s", async (name, _what, declared, fault, says) => {
  const { passed, reason, measured } = await run(name, declared, fault);
  expect(passed).toBe(false);
  expect(reason).toContain(says);
  expect(reason).toContain(measured);
});

describe.each<[string, Partial<Capabilities>, Fault | undefined]>([
  ["TF32", { arithmetic: "tf32" }, tf32],
  ["TF32 by truncation", { arithmetic: "tf32" }, truncatedTf32],
  ["f16 storage", { arithmetic: "f16-storage", subnormals: "flushed" }, f16Storage],
  ["f16", { arithmetic: "f16", subnormals: "flushed" }, f16],
  ["flushed subnormals", { subnormals: "flushed" }, flushing],
  ["indeterminate NaN", { nonFinite: "indeterminate" }, droppingNan],
  ["Winograd", { convAlgorithm: "fast" }, winograd],
  [
    "no permission made use of",
    { subnormals: "flushed", nonFinite: "indeterminate", convAlgorithm: "fast" },
    undefined,
  ],
])("%s, declared", (_name, declared, fault) => {
  it.each(plan)("passes $id", async (testCase) => {
    const judgement = await probe.run(testCase, await contextOf(broken(declaring(declared, fault))));
    expect(judgement.reason).toBeUndefined();
  });
});
