import { formatDeviation, formatShare } from "@isoconv/conformance";
import { median } from "@isoconv/core-spec";
import type { VNode } from "preact";
import type { BackendId } from "../../engine/catalogue.js";
import { ErrorMessage } from "../error-message.js";
import { runtimeText } from "../runtime-text.js";
import { Accuracy, Guesses } from "./answers.js";
import type { OracleRow, Questions, Row } from "./comparison.js";
import { formatQuantity } from "./figures.js";
import { judgeRow } from "./judge-row.js";
import { seriesOf } from "./series.js";
import { comparisonWords } from "./words.js";

export interface BackendCardProps {
  readonly id: BackendId;
  readonly row: Row;
  readonly questions: Questions;
  readonly oracle: OracleRow;
  /** Empty if unknown. */
  readonly classNames: readonly string[];
}

/** One backend's predictions, times and deviation. The card has the same size before and after the run. */
export function BackendCard({ id, ...rest }: BackendCardProps): VNode {
  const { row } = rest;
  const hasFailed = row.phase === "failed" || row.phase === "unavailable";
  return (
    <section class="card backend" aria-labelledby={`backend-${id}`} aria-busy={isBusy(row)}>
      <header>
        <h4 id={`backend-${id}`}>
          <span class="swatch" style={{ color: seriesOf(id).color }} aria-hidden="true" />
          {id}
        </h4>
        <span class={`phase ${row.phase}`}>{comparisonWords.value.phases[row.phase]}</span>
      </header>
      {hasFailed && <ErrorMessage error={row.error} isExpected={row.phase === "unavailable"} />}
      {(!hasFailed || row.logits !== undefined) && <Answer {...rest} />}
    </section>
  );
}

function isBusy({ phase }: Row): boolean {
  return phase === "opening" || phase === "compiling" || phase === "running";
}

function Answer({ row, questions, oracle, classNames }: Omit<BackendCardProps, "id">): VNode {
  return (
    <>
      <p class="runtime faint" title={runtimeOf(row)}>
        {runtimeOf(row)}
      </p>
      {questions.kind === "one" ? (
        <Guesses logits={row.logits} classNames={classNames} />
      ) : (
        <Accuracy logits={row.logits} labels={questions.labels} />
      )}
      <Latency row={row} images={questions.kind === "one" ? 1 : questions.labels.length} />
      <Deviation row={row} oracle={oracle} />
    </>
  );
}

function runtimeOf({ capabilities }: Row): string {
  return capabilities === undefined ? "\u00a0" : runtimeText(capabilities);
}

/** Milliseconds for one image; images per second for many. */
function Latency({ row, images }: { readonly row: Row; readonly images: number }): VNode {
  const view = comparisonWords.value;
  const { coldMilliseconds, warmMilliseconds } = row;
  const cold = coldMilliseconds === undefined ? "–" : view.milliseconds(formatQuantity(coldMilliseconds));
  const each = median(warmMilliseconds);
  const warm =
    images === 1 ? view.milliseconds(formatQuantity(each)) : view.imagesASecond(formatQuantity((images * 1000) / each));
  return (
    <dl class="latency">
      <div>
        <dt title={view.coldHint}>{view.cold}</dt>
        <dd>{cold}</dd>
      </div>
      <div>
        <dt>{view.warm}</dt>
        {warmMilliseconds.length > 0 && <dd>{warm}</dd>}
        {warmMilliseconds.length === 0 && row.phase !== "done" && <dd>–</dd>}
        {warmMilliseconds.length === 0 && row.phase === "done" && (
          <dd title={view.notRepeatedHint}>{view.notRepeated}</dd>
        )}
      </div>
    </dl>
  );
}

/** The deviation from the oracle as a share of the bound of the backend's arithmetic. */
function Deviation({ row, oracle }: { readonly row: Row; readonly oracle: OracleRow }): VNode {
  const view = comparisonWords.value;
  const judgement = judgeRow(row, oracle.reference);
  if (judgement === undefined) {
    return (
      <div class="deviation">
        <div class="bar" />
        <p class="faint">{row.logits === undefined ? "–" : unjudged(oracle)}</p>
        <p>{"\u00a0"}</p>
      </div>
    );
  }
  const { agrees, deviation, share } = judgement;
  return (
    <div class="deviation">
      <div class="bar">
        <div class={agrees ? "fill within" : "fill outside"} style={{ width: `${Math.min(1, share) * 100}%` }} />
      </div>
      <p>
        {view.ofBound(formatShare(share))}
        <span class="faint"> ({view.deviation(formatDeviation(deviation))})</span>
      </p>
      <p class={agrees ? "good" : "bad"}>
        {agrees ? "✓" : "✗"} {agrees ? view.within : view.outside}
      </p>
    </div>
  );
}

function unjudged({ phase }: OracleRow): string {
  const view = comparisonWords.value;
  return phase === "running" ? view.judging : phase === "waiting" ? view.toBeJudged : view.notJudged;
}
