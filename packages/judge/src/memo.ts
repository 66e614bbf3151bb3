/** Caches expensive values that are the same for every backend: the oracle's results. */
export class Memo {
  readonly #kept = new Map<string, Promise<unknown>>();

  /** `key` names the case and the value computed for it. The caller must use one type per key. */
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
