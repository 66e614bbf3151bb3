/** A whole number for people: 61,706; Chinese groups digits alike. */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}
