import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { ErrorMessage } from "../../parts/error-message.js";
import "./bench.css";
import { BenchControls } from "./bench-controls.js";
import { BenchResultView } from "./bench-result-view.js";
import { BenchRun, type BenchProgress } from "./bench-run.js";
import { chosenBackends, chosenRounds, chosenSubject } from "./bench-state.js";
import { words } from "./words.js";

/** The results stay when the reader leaves the view; the worker is ended. */
const run = new BenchRun();

export function BenchView(): VNode {
  useEffect(() => () => run.end(), []);
  const progress = run.progress.value;
  const start = (): void =>
    void run.start({ backends: chosenBackends(), subject: chosenSubject(), rounds: chosenRounds() });
  return (
    <div class="bench">
      <h2>{words.value.title}</h2>
      <p class="lead">{words.value.lead}</p>
      <BenchControls isRunning={run.isRunning.value} onRun={start} onStop={() => run.stop()} />
      <ProgressLine progress={progress} />
      {progress.phase === "failed" && <ErrorMessage error={progress.error} />}
      {progress.phase === "done" && <BenchResultView result={progress.result} />}
    </div>
  );
}

/** Has the same height before, during and after a run. */
function ProgressLine({ progress }: { readonly progress: BenchProgress }): VNode {
  const { done, sessions } = progress.phase === "running" ? progress : { done: 0, sessions: undefined };
  return (
    <div class="progress">
      <progress
        aria-label={words.value.progress}
        class={progress.phase === "running" ? undefined : "hidden"}
        max={sessions ?? 1}
        value={done}
      />
      <p role="status">{progressText(progress)}</p>
    </div>
  );
}

function progressText(progress: BenchProgress): string {
  const { starting, sessions, stopped, done } = words.value;
  switch (progress.phase) {
    case "running":
      return progress.sessions === undefined ? starting : sessions(progress.done, progress.sessions);
    case "stopped":
      return stopped;
    case "done":
      return done(progress.result.report.rounds, progress.result.report.sessions);
    default:
      return "";
  }
}
