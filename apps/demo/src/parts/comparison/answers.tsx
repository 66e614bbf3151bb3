import { formatShare } from "@isoconv/conformance";
import type { Tensor } from "@isoconv/core-spec";
import { topClasses } from "@isoconv/zoo";
import type { VNode } from "preact";
import "./answers.css";
import { countCorrect, predictionsOf } from "./predictions.js";
import { comparisonWords } from "./words.js";

const GUESSES = 5;

interface GuessesProps {
  readonly logits: Tensor | undefined;
  /** Empty if unknown. */
  readonly classNames: readonly string[];
}

/** The most likely classes of the image, each with a bar. Empty rows keep the space before there are logits. */
export function Guesses({ logits, classNames }: GuessesProps): VNode {
  const view = comparisonWords.value;
  const guesses = logits === undefined ? [] : topClasses(logits.data, GUESSES);
  const rows = Array.from({ length: GUESSES }, (_, index) => guesses[index]);
  return (
    <ol class="guesses" aria-label={view.guesses}>
      {rows.map((guess, place) => (
        <li key={place}>
          <ClassName index={guess?.index} names={classNames} />
          <span class="bar">
            <span class="fill" style={{ width: `${(guess?.probability ?? 0) * 100}%` }} />
          </span>
          <span class="figure">{guess === undefined ? "" : formatProbability(guess.probability)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Long names are truncated; the tooltip has the full name. */
function ClassName({ index, names }: { readonly index: number | undefined; readonly names: readonly string[] }): VNode {
  if (index === undefined) return <span class="name">–</span>;
  const name = names[index] ?? comparisonWords.value.className(index);
  return (
    <span class="name" title={name}>
      {name}
    </span>
  );
}

/** Logits that are not finite have no probabilities. */
function formatProbability(probability: number): string {
  return Number.isNaN(probability) ? "–" : formatShare(probability);
}

interface AccuracyProps {
  readonly logits: Tensor | undefined;
  readonly labels: readonly number[];
}

/** The number of samples classified correctly. */
export function Accuracy({ logits, labels }: AccuracyProps): VNode {
  const view = comparisonWords.value;
  const correct = logits === undefined ? undefined : countCorrect(predictionsOf(logits), labels);
  const share = (correct ?? 0) / labels.length;
  return (
    <div class="accuracy">
      <p class="figure">{correct === undefined ? "–" : view.accuracyShare(share.toFixed(2))}</p>
      <div class="bar">
        <div class="fill" style={{ width: `${share * 100}%` }} />
      </div>
      <p class="faint">{correct === undefined ? "\u00a0" : view.accuracy(correct, labels.length)}</p>
    </div>
  );
}
