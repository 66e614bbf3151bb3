import { elementCount, type Feeds, type Tensor, type TensorOf } from "@isoconv/core-spec";
import { gatherRows } from "@isoconv/judge";

/** Stands around every feed; a backend that reads it computes something else. */
const POISON = 12345;
/** Elements before and after a feed in its buffer. */
const MARGIN = 3;

/**
 * The caller's arrays of a history. Runs with the same batch reuse them with new contents. Each is a view into a larger
 * buffer, at an offset that is a multiple of four bytes and of no larger power of two.
 */
export class FeedArrays {
  readonly #kept = new Map<string, Float32Array<ArrayBuffer>>();
  #isReversed = false;

  /** Writes tensors, or the given items of those with a batch, into the arrays. The names come in alternating order. */
  write(tensors: Feeds, items: readonly number[] | undefined, hasBatch: (name: string) => boolean): Feeds {
    const feeds = Object.entries(tensors).map(([name, tensor]): [string, Tensor] => [
      name,
      this.#copy(name, tensor, hasBatch(name) ? items : undefined),
    ]);
    this.#isReversed = !this.#isReversed;
    return Object.fromEntries(this.#isReversed ? feeds : feeds.toReversed());
  }

  #copy(name: string, { shape, data }: Tensor, items: readonly number[] | undefined): TensorOf<"float32"> {
    const [count = 1, ...item] = shape;
    const taken = items === undefined ? shape : [items.length, ...item];
    const array = this.#arrayOf(`${name} ${taken.join("×")}`, elementCount(taken));
    const source = data instanceof Float32Array ? data : Float32Array.from(data);
    if (items === undefined) array.set(source);
    else gatherRows(source, count === 0 ? 0 : source.length / count, items, array);
    return { dtype: "float32", shape: [...taken], data: array };
  }

  #arrayOf(key: string, length: number): Float32Array {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const array = new Float32Array(length + 2 * MARGIN).fill(POISON).subarray(MARGIN, MARGIN + length);
    this.#kept.set(key, array);
    return array;
  }
}
