/** Three significant digits in the shortest form. */
export function formatNumber(value: number): string {
  const text = Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value).replace("Infinity", "∞");
  return text.replaceAll("-", "−");
}

/** The least and the largest value; a dash if no value is finite. */
export function formatRange(low: number, high: number): string {
  return low <= high ? `${formatNumber(low)} … ${formatNumber(high)}` : "–";
}
