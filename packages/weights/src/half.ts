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
