/** Runs tasks one after another; a task that finds the queue idle starts at once, synchronously. */
export class SerialQueue {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  run<T>(task: () => Promise<T>): Promise<T> {
    if (!this.#busy) return this.#start(task);
    return new Promise((resolve) => void this.#waiting.push(() => resolve(this.#start(task))));
  }

  /** Takes the queue if it is idle and returns whether it did; the caller must then call `leave`. */
  tryEnter(): boolean {
    if (this.#busy) return false;
    this.#busy = true;
    return true;
  }

  readonly leave = (): void => {
    this.#busy = false;
    this.#waiting.shift()?.();
  };

  /** Resolves when every task requested so far has settled. */
  idle(): Promise<void> {
    return this.run(async () => {});
  }

  #start<T>(task: () => Promise<T>): Promise<T> {
    // Set before the task starts: tasks requested while it runs synchronously must wait for it.
    this.#busy = true;
    const result = begin(task);
    // The task's caller handles its failure.
    result.then(this.leave, this.leave);
    return result;
  }
}

function begin<T>(task: () => Promise<T>): Promise<T> {
  try {
    return task();
  } catch (error) {
    return Promise.reject(error);
  }
}
