import type { Budget } from "@isoconv/conformance";
import { kinds } from "../draw/drawn-fault.js";
import { wilsonInterval } from "./interval.js";
import type { DrawScore } from "./score-draws.js";
import { markdownTable } from "./markdown-table.js";

/** The scores of some seeds, as recorded in `data/score.json`. */
export interface RecordedScores {
  readonly budget: Budget;
  readonly scores: readonly DrawScore[];
}

/** `83 of 100 (83 %, 74–89 %)`: the share with Wilson's interval. */
export function formatShare(killed: number, count: number): string {
  const percent = (share: number): string => (share * 100).toFixed(0);
  const { low, high } = wilsonInterval(killed, count);
  const share = count === 0 ? "–" : `${percent(killed / count)} %`;
  return `${killed} of ${count} (${share}, ${percent(low)}–${percent(high)} %)`;
}

/** The section on drawn faults of `docs/faults.md`. */
export function drawScoreSection({ budget, scores }: RecordedScores): string {
  const rows = kinds.map((kind) => {
    const [count, killed] = [
      sum(scores.map((each) => each.kinds[kind].count)),
      sum(scores.map((each) => each.kinds[kind].killed)),
    ];
    return [kind, formatShare(killed, count)];
  });
  const survivors = scores.flatMap((score) => score.survivors);
  return [
    "## Drawn faults",
    "",
    `A suite can be fitted to a catalogue, so these faults are drawn: an operation, an array, a history or a graph; a threshold, whose logarithm is uniform up to the largest extent of the zoo; and what goes wrong. The generators do not know the sizes that the suite uses. A draw counts if a witness shows it. Seeds chosen after the suite was written: ${scores.map(({ seed }) => seed).join(", ")}; \`npm run score -- --seed N\` draws others. Kills of the budget \`${budget}\`, with Wilson's 95 % interval:`,
    "",
    ...markdownTable(
      ["Kind", "Killed"],
      [...rows, ["all", formatShare(sum(scores.map(({ killed }) => killed)), sum(scores.map(({ count }) => count)))]],
    ),
    "",
    ...(survivors.length === 0
      ? ["No fault survived.", ""]
      : [
          "What survived:",
          "",
          ...markdownTable(
            ["Fault", "Bug"],
            survivors.map(({ name, what }) => [`\`${name}\``, what]),
          ),
          "",
        ]),
  ].join("\n");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
