import { IsoconvError, type Backend } from "@isoconv/core-spec";

/** Keeps the backend under test, and replaces it after it hangs. */
export class Slot {
  readonly #create: () => Promise<Backend>;
  #backend: Backend;
  #hung = false;

  private constructor(create: () => Promise<Backend>, backend: Backend) {
    this.#create = create;
    this.#backend = backend;
  }

  static async open(create: () => Promise<Backend>): Promise<Slot> {
    return new Slot(create, await create());
  }

  get backend(): Backend {
    return this.#backend;
  }

  /** A backend that does not hang. */
  async ready(): Promise<Backend> {
    if (this.#hung) {
      this.#backend = await this.#create();
      this.#hung = false;
    }
    return this.#backend;
  }

  /**
   * Waits for a task up to the time limit. A backend that hangs is not disposed, because its disposal would hang as well.
   *
   * @throws IsoconvError `EXECUTION_FAILED` after the time limit
   */
  async within<T>(milliseconds: number, task: () => Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#hung = true;
        reject(new IsoconvError("EXECUTION_FAILED", { what: `no answer within ${milliseconds / 1000} s` }));
      }, milliseconds);
    });
    try {
      return await Promise.race([task(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    if (!this.#hung) await this.#backend.dispose();
  }
}
