/** A number such as 11,689,512, in any locale; empty for 0. */
export function formatCount(count: number): string {
  return count === 0 ? "" : count.toLocaleString("en-US");
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** A size such as 3.06 MiB: three digits, in the largest unit in which it is at least 1. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < UNITS.length - 1; unit += 1) value /= 1024;
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
