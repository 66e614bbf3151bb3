import { formatShare } from "@isoconv/conformance";
import type { VNode } from "preact";
import type { Comparison } from "./comparison.js";
import { differing, verdictOf } from "./verdict.js";
import { comparisonWords } from "./words.js";

/** The verdict in one sentence. Before the oracle has finished: whether the predictions are identical. */
export function SummaryLine({ comparison }: { readonly comparison: Comparison }): VNode {
  const verdict = verdictOf(comparison);
  const tone = verdict === undefined ? "faint" : verdict.kind === "agree" ? "good" : "bad";
  return (
    <p class={`summary ${tone}`} aria-live="polite">
      {verdict === undefined ? soFar(comparison) : comparisonWords.value.verdict(verdict, formatShare)}
    </p>
  );
}

function soFar(comparison: Comparison): string {
  const answered = Object.values(comparison.rows).filter(({ logits }) => logits !== undefined).length;
  if (answered < 2) return "\u00a0";
  const others = differing(comparison);
  return others.length === 0 ? comparisonWords.value.identical : comparisonWords.value.different(others.join(", "));
}
