/**
 * Counter-based random numbers: a value depends on seed, name and index alone, so any part of any tensor can be made
 * anywhere, in any order, with the same bits.
 *
 * Philox4x32-10: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
 */
type Words = readonly [number, number, number, number];

const ROUNDS = 10;

/** One block of four 32-bit words. */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round += 1) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** The upper 32 bits of the 64-bit product of two unsigned words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000);
  const carry = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) | 0;
}

/** FNV-1a over the name's UTF-8 bytes, as two 32-bit words, low first. */
function keyOf(name: string): readonly [number, number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return [Number(hash & 0xffffffffn) | 0, Number(hash >> 32n) | 0];
}

/** 32-bit words for `count` indices from 0 on, keyed by name; seed is an integer in [0, 2³²). */
function words(seed: number, name: string, count: number): Uint32Array {
  const key = keyOf(name);
  const output = new Uint32Array(Math.ceil(count / 4) * 4);
  for (let block = 0; block * 4 < count; block += 1) {
    output.set(philox4x32([block | 0, Math.floor(block / 2 ** 32), seed | 0, 0], key), block * 4);
  }
  return output.subarray(0, count);
}

/** Float32 values uniform in `[low, high)` on a grid of 2⁻²⁴ of the range. */
export function uniform(seed: number, name: string, count: number, low: number, high: number): Float32Array {
  return Float32Array.from(words(seed, name, count), (word) => low + (high - low) * ((word >>> 8) * 2 ** -24));
}

/** Float32 values of a normal distribution (Box and Muller's transform of two words each). */
export function normal(seed: number, name: string, count: number, mean: number, deviation: number): Float32Array {
  const source = words(seed, name, count * 2);
  return Float32Array.from({ length: count }, (_, index) => {
    const radius = Math.sqrt(-2 * Math.log(((source[2 * index] >>> 8) + 0.5) * 2 ** -24));
    return mean + deviation * radius * Math.cos(2 * Math.PI * (source[2 * index + 1] >>> 8) * 2 ** -24);
  });
}
