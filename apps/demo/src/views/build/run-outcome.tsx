import type { VNode } from "preact";
import { formatShape, median } from "@isoconv/core-spec";
import { words as shell } from "../../i18n/language.js";
import { ErrorMessage } from "../../parts/error-message.js";
import type { RunResult } from "../../engine/tasks.js";
import { topAnswers } from "./ranking.js";
import { run } from "./run-state.js";
import { buildWords } from "./words.js";

/** What came of a run; its place is kept before. */
export function RunOutcome(): VNode {
  const words = buildWords.value;
  const outcome = run.value;
  return (
    <div class="half outcome" aria-live="polite">
      {outcome.kind === "running" && <p>{words.phases[outcome.phase]}</p>}
      {outcome.kind === "stopped" && <p>{shell.value.stopped}</p>}
      {outcome.kind === "failed" && (
        <>
          <h4>{words.on(outcome.backend)}</h4>
          <ErrorMessage error={outcome.failure} />
        </>
      )}
      {outcome.kind === "done" && (
        <>
          <h4>{words.on(outcome.backend)}</h4>
          <Times result={outcome.result} />
          <Answers result={outcome.result} />
        </>
      )}
    </div>
  );
}

function Times({ result: { coldMilliseconds, warmMilliseconds } }: { readonly result: RunResult }): VNode {
  const words = buildWords.value;
  return (
    <p>
      {words.cold}: <strong>{words.milliseconds(coldMilliseconds.toFixed(0))}</strong>{" "}
      <span class="faint">({words.coldHint})</span>
      {warmMilliseconds.length > 0 && (
        <>
          <br />
          {words.warm}: <strong>{words.milliseconds(median(warmMilliseconds).toFixed(2))}</strong>{" "}
          <span class="faint">({words.warmHint(warmMilliseconds.length)})</span>
        </>
      )}
    </p>
  );
}

const ANSWERS = 5;

function Answers({ result: { logits } }: { readonly result: RunResult }): VNode {
  const words = buildWords.value;
  return (
    <table>
      <caption>
        {words.answers}. {words.outputIs(formatShape(logits.shape))}
      </caption>
      <thead>
        <tr>
          <th scope="col">{words.answer}</th>
          <th scope="col" class="figure">
            {words.logit}
          </th>
          <th scope="col">{words.share}</th>
        </tr>
      </thead>
      <tbody>
        {topAnswers(logits.data, ANSWERS).map(({ index, logit, share }) => (
          <tr key={index}>
            <th scope="row">{index}</th>
            <td class="figure">{logit.toFixed(6)}</td>
            <td>
              <span class="bar" style={{ inlineSize: `${(share * 10).toFixed(2)}rem` }} /> {(share * 100).toFixed(1)} %
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
