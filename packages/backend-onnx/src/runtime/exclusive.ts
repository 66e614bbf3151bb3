import { SerialQueue } from "@isoconv/core-spec";

/** Serialises calls into a runtime. */
export type Exclusive = <T>(task: () => Promise<T>) => Promise<T>;

/** One task at a time, across all the backends that share it. */
export function exclusive(): Exclusive {
  const queue = new SerialQueue();
  return (task) => queue.run(task);
}

/** For runtimes whose calls may overlap. */
export const unrestricted: Exclusive = (task) => task();
