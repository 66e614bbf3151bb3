import type { VNode } from "preact";
import { words as shell } from "../../i18n/language.js";
import { ErrorMessage } from "../../parts/error-message.js";
import type { Task } from "./use-task.js";
import { insideWords } from "./words.js";

export interface TaskStatusProps {
  /** Tasks in the order in which they run, with the backend of each that has one. */
  readonly tasks: readonly { readonly task: Task<unknown>; readonly backend?: string }[];
  readonly done: string;
}

/** The current step, a button to stop it, and the error if it failed. */
export function TaskStatus({ tasks, done }: TaskStatusProps): VNode {
  const words = insideWords.value;
  const busy = tasks.find(({ task }) => task.isBusy);
  const failed = tasks.filter(({ task }) => task.error !== undefined);
  const isStopped = tasks.some(({ task }) => task.isStopped);
  const isDone = tasks.every(({ task }) => task.result !== undefined);
  const text = (): string => {
    if (busy !== undefined) return words.on(phaseOf(busy.task.phase), busy.backend);
    if (isStopped) return shell.value.stopped;
    return isDone ? done : "";
  };
  return (
    <>
      <div class="task-status">
        <p aria-live="polite">{text()}</p>
        {busy === undefined && (isStopped || failed.length > 0) ? (
          <button
            type="button"
            onClick={() => {
              for (const { task } of tasks) {
                if (task.result === undefined || task.isStopped || task.error !== undefined) task.again();
              }
            }}
          >
            {words.again}
          </button>
        ) : (
          <button
            type="button"
            disabled={busy === undefined}
            onClick={() => {
              for (const { task } of tasks) task.stop();
            }}
          >
            {shell.value.stop}
          </button>
        )}
      </div>
      {failed.map(({ task }, index) => (
        <ErrorMessage key={index} error={task.error} />
      ))}
    </>
  );
}

function phaseOf(phase: string | undefined): string {
  const { phases } = insideWords.value;
  switch (phase) {
    case "building":
    case "opening":
    case "running":
    case "judging":
      return phases[phase];
    default:
      return phases.waiting;
  }
}
