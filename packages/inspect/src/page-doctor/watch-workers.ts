/// <reference lib="dom" preserve="true" />

/** The workers that a task started. */
export interface WorkersFinding {
  readonly started: number;
  /** Their errors, each once; a runtime that waits for them may report nothing and wait for ever. */
  readonly errors: readonly string[];
}

let latest: Promise<unknown> = Promise.resolve();

/**
 * Watches the workers that are started during a task. Tasks run one after another, because a worker does not show which
 * task started it.
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
      // The error event of a script that cannot be loaded has no message.
      this.addEventListener("error", ({ message }) => errors.add(message ?? "its script cannot be loaded"));
    }
  };
  try {
    return [await work(), { started, errors: [...errors] }];
  } finally {
    globalThis.Worker = Original;
  }
}
