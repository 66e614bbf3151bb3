import { useEffect, useRef, useState } from "preact/hooks";
import { isAborted } from "../../engine/plain-error.js";

export interface TaskState<Result> {
  /** The result of the last call. It stays while the next call runs, so that the layout does not shift. */
  readonly result: Result | undefined;
  readonly error: unknown;
  readonly isBusy: boolean;
  /** The step that starts next. */
  readonly phase: string | undefined;
  readonly isStopped: boolean;
}

export interface Task<Result> extends TaskState<Result> {
  readonly stop: () => void;
  /** Repeats the call after a failure or a stop. */
  readonly again: () => void;
}

export interface TaskContext {
  readonly signal: AbortSignal;
  readonly onEvent: (event: { readonly phase: string }) => void;
}

const idle = { result: undefined, error: undefined, isBusy: false, phase: undefined, isStopped: false } as const;

/**
 * Calls a worker whenever `key` changes and stops the previous call. Does nothing while `key` is `undefined`.
 *
 * @param subject what the results belong to: results of another subject are dropped
 */
export function useTask<Result>(
  key: string | undefined,
  subject: string,
  start: (context: TaskContext) => Promise<Result>,
): Task<Result> {
  const [state, setState] = useState<TaskState<Result> & { readonly subject: string }>({ ...idle, subject });
  const [round, setRound] = useState(0);
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    if (key === undefined) return undefined;
    const own = new AbortController();
    controller.current = own;
    const isCurrent = (): boolean => controller.current === own;
    setState(({ result, subject: before }) => ({
      ...idle,
      subject,
      result: before === subject ? result : undefined,
      isBusy: true,
    }));
    const onEvent: TaskContext["onEvent"] = ({ phase }) => {
      if (isCurrent()) setState((now) => ({ ...now, phase }));
    };
    const run = async (): Promise<void> => {
      try {
        const result = await start({ signal: own.signal, onEvent });
        if (isCurrent()) setState({ ...idle, subject, result });
      } catch (error) {
        if (!isCurrent()) return;
        const isStopped = isAborted(error);
        setState((now) => ({ ...now, isBusy: false, isStopped, error: isStopped ? undefined : error }));
      }
    };
    void run();
    return () => {
      if (isCurrent()) controller.current = undefined;
      own.abort();
    };
  }, [key, subject, round]);
  const own = state.subject === subject ? state : idle;
  return {
    ...own,
    isBusy: own.isBusy && key !== undefined,
    stop: () => controller.current?.abort(),
    again: () => setRound((now) => now + 1),
  };
}
