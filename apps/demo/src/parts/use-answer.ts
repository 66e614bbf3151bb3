import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Engine } from "../engine/engine.js";
import { isAborted } from "../engine/plain-error.js";
import type { TaskName, Tasks } from "../engine/protocol.js";

export interface Answer<Result> {
  readonly result?: Result;
  /** Why there is no result. */
  readonly error?: unknown;
}

/**
 * What a worker answers that is there for this alone. It is asked once it is wanted, and ends with its answer or with the
 * component.
 */
export function useAnswer<Name extends TaskName>(
  task: Name,
  given: Tasks[Name]["given"],
  isWanted = true,
): Answer<Tasks[Name]["result"]> {
  const answer = useSignal<Answer<Tasks[Name]["result"]>>({});
  useEffect(() => {
    if (!isWanted) return undefined;
    const engine = new Engine();
    engine
      .call(task, given)
      .then(
        (result) => (answer.value = { result }),
        (error: unknown) => isAborted(error) || (answer.value = { error }),
      )
      .finally(() => engine.end());
    return () => engine.end();
  }, [task, given, isWanted]);
  return answer.value;
}
