/** What the runtime prints when XNNPACK refuses to run, after which it carries on with whatever was in memory. */
const REFUSAL = /^XNN status for (\S+) is not successful/;

/**
 * Hears the runtime's complaints. It prints them with the `console.warn` it finds when it starts, so that is replaced
 * for as long as the start takes; everything else said through the replacement is passed on.
 */
export class Refusals {
  #watching = false;
  #refused: string | undefined;

  /** Starts a runtime whose complaints are to be heard. */
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

  /** Runs a kernel; with its result comes what XNNPACK refused meanwhile, if anything. */
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
