/** Two digits, or the whole number: `0.42`, `12`, `1234`. */
export function formatQuantity(milliseconds: number): string {
  return milliseconds >= 10 ? milliseconds.toFixed(0) : milliseconds.toPrecision(2);
}

/** Such as `3.4e-7`. */
export function formatDeviation(deviation: number): string {
  return deviation === 0 ? "0" : deviation.toExponential(1);
}

/** In per cent. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
