/// <reference lib="dom" preserve="true" />

/** What became of the workers that some work started. */
export interface WorkersFinding {
  readonly started: number;
  /** What they failed with, each once; a runtime that waits for them says nothing and waits for ever. */
  readonly errors: readonly string[];
}

let latest: Promise<unknown> = Promise.resolve();

/**
 * Watches the workers that are started while it waits for the work. One work waits for the other: workers do not tell
 * whose they are.
 */
export function watchWorkers<T>(work: () => Promise<T>): Promise<readonly [T, WorkersFinding]> {
  const turn = latest.then(() => watch(work));
  latest = turn.catch(() => {});
  return turn;
}

async function watch<T>(work: () => Promise<T>): Promise<readonly [T, WorkersFinding]> {
  const { Worker: Original } = globalThis;
  const errors = new Set<string>();
  let started = 0;
  globalThis.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Original>) {
      super(...args);
      started += 1;
      // A script that cannot be loaded has no message.
      this.addEventListener("error", ({ message }) => errors.add(message ?? "its script cannot be loaded"));
    }
  };
  try {
    return [await work(), { started, errors: [...errors] }];
  } finally {
    globalThis.Worker = Original;
  }
}
