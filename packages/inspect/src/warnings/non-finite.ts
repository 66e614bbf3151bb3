import { formatNumber, type Tensor } from "@isoconv/core-spec";
import { unravel } from "@isoconv/judge";

/** Says how many elements are NaN or ±∞, and where the first is; undefined if all are finite. */
export function describeNonFinite({ shape, data }: Tensor): string | undefined {
  let [count, first] = [0, -1];
  for (let i = 0; i < data.length; i += 1) {
    if (Number.isFinite(data[i])) continue;
    if (count === 0) first = i;
    count += 1;
  }
  if (count === 0) return undefined;
  return `${count} of ${data.length} values are not finite, first ${formatNumber(data[first])} at [${unravel(first, shape).join(", ")}]`;
}
