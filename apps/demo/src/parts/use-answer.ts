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
 * The answer of a worker that is started for one call. The call starts when the answer is wanted. The worker is ended
 * after its answer or when the component is unmounted.
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
