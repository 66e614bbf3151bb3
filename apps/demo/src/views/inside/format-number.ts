/** Three digits, as short as they go. */
export function formatNumber(value: number): string {
  const text = Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value).replace("Infinity", "∞");
  return text.replaceAll("-", "−");
}

/** From the least to the largest; a dash where there is nothing finite to be either. */
export function formatRange(low: number, high: number): string {
  return low <= high ? `${formatNumber(low)} … ${formatNumber(high)}` : "–";
}
