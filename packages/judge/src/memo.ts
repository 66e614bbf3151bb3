import { heldBytes } from "./held-bytes.js";

/** Enough for the oracle's results of a whole quick plan; a page's tab may hold 2 to 4 GiB altogether. */
const MOST_BYTES = 2 ** 29;

/** What is kept under a key. Results that are still being computed count as 0 bytes. */
interface Kept {
  readonly result: Promise<unknown>;
  bytes: number;
}

/**
 * Caches expensive values that are the same for every backend: the oracle's results. It keeps at most `mostBytes` of
 * arrays, and drops the values first that were asked for the longest ago.
 */
export class Memo {
  readonly #kept = new Map<string, Kept>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor({ mostBytes = MOST_BYTES }: { readonly mostBytes?: number } = {}) {
    this.#mostBytes = mostBytes;
  }

  /** `key` names the case and the value computed for it. The caller must use one type per key. */
  recall<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      // A map lists its keys in the order of insertion, so the last is now the one asked for last.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.result as Promise<T>;
    }
    const result = compute();
    const kept: Kept = { result, bytes: 0 };
    this.#kept.set(key, kept);
    result.then(
      (value) => this.#admit(kept, heldBytes(value)),
      // Failures are not cached: the caller sees the rejection, a later call retries.
      () => this.#kept.delete(key),
    );
    return result;
  }

  #admit(kept: Kept, bytes: number): void {
    kept.bytes = bytes;
    this.#bytes += bytes;
    for (const [key, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) break;
      // Dropping a value of no bytes frees nothing; it may still be being computed.
      if (freed === 0) continue;
      this.#kept.delete(key);
      this.#bytes -= freed;
    }
  }
}
