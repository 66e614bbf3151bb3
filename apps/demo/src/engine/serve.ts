import { plainError } from "./plain-error.js";
import type { FromWorker, TaskName, Tasks, ToWorker } from "./protocol.js";

/** What a task can use besides its input. */
export interface TaskContext<Event> {
  readonly signal: AbortSignal;
  /** Sends an event to the page before the task ends. */
  readonly tell: (event: Event) => void;
  /** Moves a buffer of the result to the page, which gets a copy otherwise. */
  readonly move: (buffer: ArrayBuffer) => void;
}

export type Handlers = {
  readonly [Name in TaskName]: (
    given: Tasks[Name]["given"],
    context: TaskContext<Tasks[Name]["event"]>,
  ) => Promise<Tasks[Name]["result"]>;
};

type Scope = Pick<DedicatedWorkerGlobalScope, "addEventListener" | "postMessage">;

/** Answers the page's calls in a worker, one at a time, in the order of arrival. */
export function serve(scope: Scope, handlers: Handlers): void {
  const running = new Map<number, AbortController>();
  let last: Promise<void> = Promise.resolve();
  const post = (message: FromWorker, moved: ArrayBuffer[] = []): void => scope.postMessage(message, moved);
  scope.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    const { id } = data;
    if (data.kind === "abort") {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const { task, given } = data;
    const before = last;
    const answer = async (): Promise<void> => {
      await before;
      try {
        controller.signal.throwIfAborted();
        const tell = (event: unknown): void => post({ kind: "event", id, event });
        const moved: ArrayBuffer[] = [];
        const move = (buffer: ArrayBuffer): void => void moved.push(buffer);
        const result = await call(handlers, task, given, { signal: controller.signal, tell, move });
        post({ kind: "result", id, result }, moved);
      } catch (error) {
        const aborted = controller.signal.aborted ? { code: "ABORTED" } : {};
        post({ kind: "error", id, error: { ...plainError(error), ...aborted } });
      } finally {
        running.delete(id);
      }
    };
    last = answer();
  });
}

/** The page and the worker share one list of tasks, so the input has the type that the task takes. */
function call<Name extends TaskName>(
  handlers: Handlers,
  name: Name,
  given: unknown,
  context: TaskContext<unknown>,
): Promise<unknown> {
  return handlers[name](given as Tasks[Name]["given"], context);
}
