/** Two significant digits, or the whole number: `0.42`, `12`, `1234`. */
export function formatQuantity(quantity: number): string {
  return quantity >= 10 ? quantity.toFixed(0) : quantity.toPrecision(2);
}
