import type { Interval, Measured } from "./bench-report.js";

/** For example `×1.42 [1.38–1.47]`; above 1 means faster than the baseline. */
export function formatSpeed({ speed }: Pick<Measured, "speed">): string {
  if (speed === undefined) return "–";
  if (!speed.significant) return "no significant difference";
  return `×${formatInterval(speed.ratio)}`;
}

/** For example `1.42 [1.38–1.47]`. */
export function formatInterval({ median, low, high }: Interval): string {
  return `${formatFigure(median)} [${formatFigure(low)}–${formatFigure(high)}]`;
}

/** Three significant digits, without exponents. */
export function formatFigure(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
