/** The nearest half-precision number (IEEE 754 binary16), ties to even. */
export function roundToHalf(value: number): number {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value) || magnitude === 0) return value;
  if (magnitude >= 65_520) return Math.sign(value) * Infinity;
  // The spacing of half-precision numbers around the value; 2⁻²⁴ among the subnormals.
  const spacing = 2 ** (Math.max(Math.floor(Math.log2(magnitude)), -14) - 10);
  const steps = magnitude / spacing;
  const below = Math.floor(steps);
  const rest = steps - below;
  const nearest = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
  return Math.sign(value) * nearest * spacing;
}
