import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { Memo } from "@isoconv/judge";
import { planConformance } from "@isoconv/conformance";
import { type Fault, type Variant } from "@isoconv/conformance/faults";
import { faults } from "./faults.js";
import {
  casesAimedAt,
  formatScore,
  planOfVariants,
  scoreDocument,
  scoreFaults,
  type FaultScore,
  SHARE_OF_VARIANTS,
  type Score,
  type VariantScore,
} from "./score.js";
import { readScores } from "./score/recorded-scores.js";
import { variants } from "./variants.js";

const plan = planConformance({ budget: "quick" });
const isFull = process.env["ISOCONV_FULL"] === "1";
/** The families that depend on how a backend computes. */
const computed = planOfVariants({ share: isFull ? SHARE_OF_VARIANTS : 0.02 });
/** Only `npm run test:full` has time for all of them with every variant; here each has another part. */
const PARTS = isFull ? 1 : 6;

const document = readFileSync(new URL("../../../docs/faults.md", import.meta.url), "utf8");

/** The case that the page says kills a fault first. */
function recordedKill({ name }: Fault): string | undefined {
  const [row] = document.split("\n").filter((line) => line.startsWith(`| \`${name}\` |`));
  return /\| `([^`]+)` \|$/.exec(row ?? "")?.[1];
}

let score: Score;
beforeAll(async () => {
  const memo = new Memo();
  // Until its first kill, a fault is run on hundreds of cases: all of them in `npm run test:full`, here the last alone,
  // unless the fault depends on what ran before.
  const refused: FaultScore[] = [];
  const scoreOn = async (fault: Fault, cases: typeof plan.cases): Promise<FaultScore | undefined> =>
    (await scoreFaults({ ...plan, cases }, { faults: [fault], variants: [], memo })).faults[0];
  for (const fault of faults) {
    const known = recordedKill(fault);
    const recorded = isFull ? [] : plan.cases.filter(({ id }) => id === known);
    const alone = await scoreOn(fault, recorded);
    const own = alone?.killed === true ? alone : await scoreOn(fault, plan.cases);
    if (own !== undefined) refused.push(own);
  }
  const passed: VariantScore[] = [];
  for (const [turn, variant] of variants.entries()) {
    const cases = computed.cases.filter((_, k) => k % PARTS === turn % PARTS);
    passed.push(...(await scoreFaults({ ...computed, cases }, { faults: [], variants: [variant], memo })).variants);
  }
  score = { faults: refused, variants: passed };
});

test("the catalogue has at least 40 faults and 26 correct variants", () => {
  expect(faults.length).toBeGreaterThanOrEqual(40);
  expect(variants.length).toBeGreaterThanOrEqual(26);
});

describe("the quick budget kills every fault, by a family that is meant to", () => {
  test.each(faults.map((fault): [string, Fault] => [fault.name, fault]))("%s", (_name, fault) => {
    expect(casesAimedAt(fault, plan.cases).length).toBeGreaterThan(0);
    expect(score.faults.find((each) => each.fault === fault)?.killed).toBe(true);
  });
});

describe("the quick budget kills no correct variant", () => {
  test.each(variants.map((variant): [string, Variant] => [variant.name, variant]))("%s", (_name, variant) => {
    expect(score.variants.find((each) => each.variant === variant)?.kills).toEqual([]);
  });
});

test("docs/faults.md is up to date", () => {
  expect(document).toBe(scoreDocument(score, readScores()));
});

test("the score is formatted as a table", () => {
  const text = formatScore(score);
  expect(text).toContain(`${faults.length} of ${faults.length} faults killed`);
  for (const { name } of [...faults, ...variants]) expect(text).toContain(`\`${name}\``);
});
