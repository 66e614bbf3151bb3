const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
/** The word of a float64 that has sign, exponent and the upper 20 bits of the significand. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
/** Adding and subtracting it rounds numbers below half precision's normal ones to a multiple of 2⁻²⁴, ties to even. */
const SUBNORMAL_SHIFT = 1.5 * 2 ** 28;

/** The nearest half-precision number (IEEE 754 binary16), ties to even. */
export function roundToHalf(value: number): number {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value) || magnitude === 0) return value;
  if (magnitude >= 65_520) return Math.sign(value) * Infinity;
  if (magnitude < 2 ** -14) return Math.sign(value) * (magnitude + SUBNORMAL_SHIFT - SUBNORMAL_SHIFT);
  number[0] = value;
  // Half precision keeps 10 bits of the significand, so the upper word loses another 10.
  const high = words[HIGH];
  const low = words[1 - HIGH];
  const rest = high & 0x3ff;
  const isUp = rest > 0x200 || (rest === 0x200 && (low !== 0 || (high & 0x400) !== 0));
  words[HIGH] = high - rest + (isUp ? 0x400 : 0);
  words[1 - HIGH] = 0;
  return number[0];
}
