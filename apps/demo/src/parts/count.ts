/** A whole number with grouped digits, such as 61,706, in both languages. */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}
