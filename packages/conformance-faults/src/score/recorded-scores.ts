import { readFileSync, writeFileSync } from "node:fs";
import type { RecordedScores } from "./draw-score-markdown.js";

const file = new URL("../../data/score.json", import.meta.url);

/** The scores that `docs/faults.md` shows. */
export function readScores(): RecordedScores {
  return JSON.parse(readFileSync(file, "utf8")) as RecordedScores;
}

export function writeScores(scores: RecordedScores): void {
  writeFileSync(file, `${JSON.stringify(scores, null, 2)}\n`);
}
