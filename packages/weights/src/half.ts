/**
 * IEEE 754 binary16 to binary32, exactly; NaN payloads keep their bits.
 *
 * Works on bit patterns because a float that passes through a JavaScript number may lose its NaN payload.
 */
export function decodeFloat16(patterns: Uint16Array): Float32Array {
  const bits = new Uint32Array(patterns.length);
  for (let index = 0; index < patterns.length; index += 1) bits[index] = float32Bits(patterns[index] ?? 0);
  return new Float32Array(bits.buffer);
}

/** bfloat16 to binary32: the upper half of the same bits. */
export function decodeBFloat16(patterns: Uint16Array): Float32Array {
  const bits = new Uint32Array(patterns.length);
  for (let index = 0; index < patterns.length; index += 1) bits[index] = (patterns[index] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}

/** Exponents are biased by 15 in binary16 and by 127 in binary32. */
const REBIAS = 127 - 15;

function float32Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + REBIAS) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal in binary16, normal in binary32: shift until the leading bit is the implicit one.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((1 - shift + REBIAS) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

/**
 * The nearest binary16 of each value, ties to even; beyond ±65,504 by more than half a step it is ±∞. All steps are exact
 * in double precision, so that a value is rounded once.
 */
export function encodeFloat16(values: Float32Array | Float64Array): Uint16Array {
  return Uint16Array.from(values, float16Bits);
}

function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(magnitude)) return 0x7e00;
  if (magnitude >= SMALLEST_INFINITE) return sign | 0x7c00;
  if (magnitude < SMALLEST_NORMAL) return sign | roundToEven(magnitude * 2 ** 24);
  let exponent = Math.floor(Math.log2(magnitude));
  // The logarithm is rounded.
  if (2 ** exponent > magnitude) exponent -= 1;
  else if (2 ** (exponent + 1) <= magnitude) exponent += 1;
  // A fraction that is rounded up to 2 carries into the exponent.
  return sign | (((exponent + 15) << 10) + roundToEven(magnitude * 2 ** (10 - exponent)) - 0x400);
}

/** Halfway between the largest finite value and the next step. */
const SMALLEST_INFINITE = 65_520;
const SMALLEST_NORMAL = 2 ** -14;

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
