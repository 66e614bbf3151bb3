/** Runs tasks one after another; a task that finds the queue idle starts at once, synchronously. */
export class SerialQueue {
  #pending = 0;
  #tail: Promise<void> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    const result = this.#pending === 1 ? task() : this.#tail.then(task);
    this.#tail = this.#settle(result);
    return result;
  }

  /** Resolves when every task requested so far has settled. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #settle(result: Promise<unknown>): Promise<void> {
    // Failures are the business of whoever asked for the task.
    await Promise.allSettled([result]);
    this.#pending -= 1;
  }
}
