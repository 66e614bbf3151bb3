import { SerialQueue } from "@isoconv/core-spec";

/** Keeps calls into a runtime apart. */
export type Exclusive = <T>(task: () => Promise<T>) => Promise<T>;

/** One task at a time, across all the backends that share it. */
export function exclusive(): Exclusive {
  const queue = new SerialQueue();
  return (task) => queue.run(task);
}

/** For runtimes that need no such care. */
export const unrestricted: Exclusive = (task) => task();
