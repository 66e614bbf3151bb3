import { parseArgs } from "node:util";
import { planConformance, type Budget } from "@isoconv/conformance";
import { drawFaults } from "../draw/draw-faults.js";
import { kinds } from "../draw/drawn-fault.js";
import { formatShare } from "./draw-score-markdown.js";
import { scoreDraws, summariseDraws, type DrawScore } from "./score-draws.js";

/** `npm run score`: draws faults and prints how many of them the suite kills. */
const USAGE = "npm run score -- --seed N [--count 200] [--budget quick|full] [--json]";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    count: { type: "string", default: "200" },
    budget: { type: "string", default: "quick" },
    json: { type: "boolean", default: false },
  },
});
const [seed, count] = [Number(values.seed ?? Number.NaN), Number(values.count)];
const budgets: Readonly<Record<string, readonly Budget[]>> = { quick: ["quick"], full: ["quick", "full"] };
const plans = Object.hasOwn(budgets, values.budget) ? budgets[values.budget] : undefined;
const isSeed = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
if (!isSeed || !Number.isInteger(count) || count < 1 || plans === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 3;
} else {
  const start = performance.now();
  const faults = await drawFaults(seed, count);
  let decided = 0;
  const results = await scoreDraws(
    plans.map((budget) => planConformance({ budget })),
    faults,
    {
      onResult: ({ fault: { name, what }, kill }) => {
        decided += 1;
        process.stderr.write(`${decided} of ${count}  ${name}  ${kill ?? "survives"}  (${what})\n`);
      },
    },
  );
  const score = summariseDraws(seed, results);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(values.json ? `${JSON.stringify(score, null, 2)}\n` : `${render(score)}\n\n${seconds} s\n`);
}

function render({ killed, count: all, kinds: byKind, survivors }: DrawScore): string {
  return [
    `killed   ${formatShare(killed, all)}`,
    ...kinds.map((kind) => `${kind.padEnd(9)}${formatShare(byKind[kind].killed, byKind[kind].count)}`),
    ...(survivors.length === 0 ? [] : ["", "survivors"]),
    ...survivors.map(({ name, what }) => `${name}  ${what}`),
  ].join("\n");
}
