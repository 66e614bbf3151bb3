/** Runs one task at a time. */
export type Exclusive = <T>(task: () => Promise<T>) => Promise<T>;

/** A queue that starts a task at once when it is idle. */
export function exclusive(): Exclusive {
  let last: Promise<unknown> | undefined;
  return (task) => {
    const result = last === undefined ? task() : last.then(task, task);
    last = result;
    const forget = (): void => {
      if (last === result) last = undefined;
    };
    result.then(forget, forget);
    return result;
  };
}

/** For runtimes that need no such care. */
export const unrestricted: Exclusive = (task) => task();
