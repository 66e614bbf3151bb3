/** With more axes XNNPACK's binary kernels print an error to the console and return uninitialised memory. */
export const LARGEST_RANK = 6;

export interface BroadcastShapes {
  /** The operands' shapes, of equal rank and with as few axes as the broadcasting needs. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** The result's shape, with the axes as given. */
  readonly result: readonly number[];
}

/** Aligns two shapes at their last axes and merges neighbouring axes with the same broadcasting. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): BroadcastShapes {
  const rank = Math.max(a.length, b.length);
  const mergedA: number[] = [];
  const mergedB: number[] = [];
  const result: number[] = [];
  let previous: string | undefined;
  for (let axis = 0; axis < rank; axis += 1) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    result.push(left === 1 ? right : left);
    if (left === 1 && right === 1) continue;
    const kind = left === right ? "equal" : left === 1 ? "stretch a" : "stretch b";
    const last = mergedA.length - 1;
    if (kind === previous) {
      mergedA[last] = mergedA[last] * left;
      mergedB[last] = mergedB[last] * right;
    } else {
      mergedA.push(left);
      mergedB.push(right);
    }
    previous = kind;
  }
  return { a: mergedA.length === 0 ? [1] : mergedA, b: mergedB.length === 0 ? [1] : mergedB, result };
}
