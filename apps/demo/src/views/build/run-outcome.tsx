import type { VNode } from "preact";
import { formatShape, median } from "@isoconv/core-spec";
import { topClasses } from "@isoconv/zoo";
import { words as shell } from "../../i18n/language.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { runtimeText } from "../../parts/runtime-text.js";
import type { RunResult } from "../../engine/tasks.js";
import { MOST_CLASSES, run } from "./run-state.js";
import { buildWords } from "./words.js";

/** The result of a run. It takes the same space before the run. */
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

function Times({ result }: { readonly result: RunResult }): VNode {
  const words = buildWords.value;
  const { capabilities, coldMilliseconds, warmMilliseconds } = result;
  return (
    <p>
      <span class="faint">{runtimeText(capabilities)}</span>
      <br />
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
  const output = words.outputIs(formatShape(logits.shape));
  if (logits.data.length > MOST_CLASSES) {
    return (
      <p>
        {output}. {words.noAnswers}
      </p>
    );
  }
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.answers}>
      <table>
        <caption>
          {words.answers}. {output}
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
          {topClasses(logits.data, ANSWERS).map(({ index, probability }) => (
            <tr key={index}>
              <th scope="row">{index}</th>
              <td class="figure">{logits.data[index]?.toFixed(6)}</td>
              <td>
                <span class="bar" style={{ inlineSize: `calc(${probability.toFixed(4)} * min(10rem, 30vw))` }} />{" "}
                {(probability * 100).toFixed(1)} %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
