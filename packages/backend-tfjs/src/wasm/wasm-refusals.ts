/** The runtime prints this when XNNPACK refuses to run, and then continues with uninitialised memory. */
const REFUSAL = /^XNN status for (\S+) is not successful/;

/**
 * Collects the errors that the runtime prints. It prints them with the `console.warn` it finds at its start, so that
 * function is replaced during the start; all other messages are passed on.
 */
export class Refusals {
  #watching = false;
  #refused: string | undefined;

  /** Starts a runtime and collects its printed errors. */
  async attach<T>(start: () => Promise<T>): Promise<T> {
    const { warn } = console;
    console.warn = (...messages: unknown[]) => {
      const refused = REFUSAL.exec(String(messages[0]))?.[1];
      if (this.#watching && refused !== undefined) this.#refused ??= refused;
      else warn.apply(console, messages);
    };
    try {
      return await start();
    } finally {
      console.warn = warn;
    }
  }

  /** Runs a kernel; returns its result and XNNPACK's refusals during the run, if any. */
  watch<T>(kernel: () => T): readonly [T, string | undefined] {
    this.#watching = true;
    this.#refused = undefined;
    try {
      return [kernel(), this.#refused];
    } finally {
      this.#watching = false;
    }
  }
}
