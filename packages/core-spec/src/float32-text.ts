/** The shortest decimal that rounds to the same float32: `0.1`, not `0.10000000149011612`. */
export function formatFloat32(value: number): string {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return String(value);
  if (Object.is(value, -0)) return "-0";
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
