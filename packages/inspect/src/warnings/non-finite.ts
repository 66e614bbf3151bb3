import { formatNumber, type Tensor } from "@isoconv/core-spec";

/** Says how many elements are NaN or ±∞, and where the first is; undefined if all are finite. */
export function describeNonFinite({ shape, data }: Tensor): string | undefined {
  let [count, first] = [0, -1];
  for (let i = 0; i < data.length; i += 1) {
    if (Number.isFinite(data[i])) continue;
    if (count === 0) first = i;
    count += 1;
  }
  if (count === 0) return undefined;
  return `${count} of ${data.length} values are not finite, first ${formatNumber(data[first])} at [${indexOf(first, shape).join(", ")}]`;
}

/** An element's place along each axis. */
function indexOf(flat: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (const extent of shape.toReversed()) {
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return index;
}
