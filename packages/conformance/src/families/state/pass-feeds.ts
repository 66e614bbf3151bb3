import { elementCount, type Feeds, type Tensor } from "@isoconv/core-spec";

/** How a program passes feeds. */
export const passings = ["fresh", "views", "reused", "reversed", "shared"] as const;
export type Passing = (typeof passings)[number];

const POISON = 12345;

/** The arrays that a program reuses, by name and shape. */
export type Reused = Map<string, Float32Array>;

/** The feeds in other arrays: in views at odd offsets, in arrays of earlier runs, in shared memory, or in reverse order. */
export function passFeeds(feeds: Feeds, passing: Passing, reused: Reused): Feeds {
  const entries = Object.entries(feeds).map(([name, tensor]): [string, Tensor] => {
    const array = arrayFor(passing, `${name} ${tensor.shape.join("×")}`, elementCount(tensor.shape), reused);
    array.set(tensor.data);
    return [name, { dtype: "float32", shape: [...tensor.shape], data: array }];
  });
  return Object.fromEntries(passing === "reversed" ? entries.toReversed() : entries);
}

function arrayFor(passing: Passing, key: string, count: number, reused: Reused): Float32Array {
  switch (passing) {
    case "fresh":
    case "reversed":
      return new Float32Array(count);
    case "views":
      return new Float32Array(count + 8).fill(POISON).subarray(3, 3 + count);
    case "reused": {
      const array = reused.get(key) ?? new Float32Array(count);
      reused.set(key, array);
      return array;
    }
    case "shared":
      // Denied to pages that are not cross-origin isolated.
      return typeof SharedArrayBuffer === "undefined"
        ? new Float32Array(count)
        : new Float32Array(new SharedArrayBuffer(4 * count));
  }
}

/** Overwrites feeds: a backend must have copied them. */
export function spoil(feeds: Feeds): void {
  for (const { data } of Object.values(feeds)) data.fill(POISON);
}
