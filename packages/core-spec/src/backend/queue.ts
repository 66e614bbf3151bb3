/** Runs tasks one after another; a task that finds the queue idle starts at once, synchronously. */
export class SerialQueue {
  #tail: Promise<void> | undefined;

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail === undefined ? task() : this.#tail.then(task);
    const settled = result.then(ignore, ignore).then(() => {
      if (this.#tail === settled) this.#tail = undefined;
    });
    this.#tail = settled;
    return result;
  }

  /** Resolves when every task requested so far has settled. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}

function ignore(): void {}
