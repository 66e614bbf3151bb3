/** Remembers what is expensive and the same for every backend: the oracle's results. */
export class Memo {
  readonly #kept = new Map<string, Promise<unknown>>();

  /** `key` names both the case and what is computed of it. The caller must ask for the same type under the same key. */
  recall<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key) as Promise<T> | undefined;
    const result = known ?? compute();
    if (known === undefined) {
      this.#kept.set(key, result);
      // Failures are not cached: the caller sees the rejection, a later call retries.
      result.catch(() => this.#kept.delete(key));
    }
    return result;
  }
}
