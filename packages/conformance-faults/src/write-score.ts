import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { planConformance } from "@isoconv/conformance";
import { drawFaults } from "./draw/draw-faults.js";
import { faults } from "./faults.js";
import { planOfVariants, scoreDocument, scoreFaults, SHARE_OF_VARIANTS } from "./score.js";
import { readScores, writeScores } from "./score/recorded-scores.js";
import { scoreDraws, summariseDraws, type DrawScore } from "./score/score-draws.js";
import { variants } from "./variants.js";

/**
 * `npm run docs`: writes docs/faults.md of the catalogue's score and the recorded scores of drawn faults. With `--seed N`,
 * which may be repeated, first draws faults of these seeds and records their scores in data/score.json.
 */
const { values } = parseArgs({
  options: { seed: { type: "string", multiple: true, default: [] }, count: { type: "string", default: "200" } },
});
const plan = planConformance();
const scores: DrawScore[] = [];
for (const seed of values.seed.map(Number)) {
  const drawn = await drawFaults(seed, Number(values.count));
  scores.push(summariseDraws(seed, await scoreDraws([plan], drawn)));
}
if (scores.length > 0) writeScores({ budget: plan.budget, scores });
const { faults: killed } = await scoreFaults(plan, { faults, variants: [] });
const accepted = await scoreFaults(planOfVariants({ share: SHARE_OF_VARIANTS }), { faults: [], variants });
const score = { faults: killed, variants: accepted.variants };
writeFileSync(new URL("../../../docs/faults.md", import.meta.url), scoreDocument(score, readScores()));
