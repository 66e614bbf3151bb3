import { IsoconvError } from "./error.js";

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
  const block = new Uint32Array(4);
  writeBlock(block, 0, counter, key);
  const [w0, w1, w2, w3] = block;
  return [w0, w1, w2, w3];
}

function writeBlock(output: Uint32Array, offset: number, counter: Words, key: readonly [number, number]): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round += 1) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  output[offset] = c0;
  output[offset + 1] = c1;
  output[offset + 2] = c2;
  output[offset + 3] = c3;
}

/** The upper 32 bits of the 64-bit product of two unsigned words, from four products of 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** FNV-1a over the name's UTF-8 bytes, as two 32-bit words, low first. */
function keyOf(name: string): readonly [number, number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return [Number(hash & 0xffffffffn) | 0, Number(hash >> 32n) | 0];
}

/** 32-bit words for `count` indices from 0 on, keyed by name. */
function words(seed: number, name: string, count: number): Uint32Array {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    const expected = "an integer in [0, 2³²)";
    throw new IsoconvError("INVALID_ATTRIBUTE", { path: "seed", what: "not a seed", expected, received: seed });
  }
  const key = keyOf(name);
  const output = new Uint32Array(Math.ceil(count / 4) * 4);
  for (let block = 0; block * 4 < count; block += 1) {
    writeBlock(output, block * 4, [block | 0, Math.floor(block / 2 ** 32), seed | 0, 0], key);
  }
  return output.subarray(0, count);
}

/**
 * `count` float32 values uniform on a grid of 2⁻²⁴ of `[low, high)`, rounded to float32, which may reach `high`; the same
 * bits everywhere.
 *
 * @param seed an integer in `[0, 2³²)`
 * @throws IsoconvError `INVALID_ATTRIBUTE` for another seed
 */
export function uniform(seed: number, name: string, count: number, low: number, high: number): Float32Array {
  const source = words(seed, name, count);
  const values = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    values[index] = low + (high - low) * ((source[index] >>> 8) * 2 ** -24);
  }
  return values;
}

/**
 * `count` float32 values of a normal distribution (Box and Muller's transform of two words each). Engines may differ in
 * the last place of a logarithm or a cosine: the same bits are promised within one engine only.
 *
 * @param seed an integer in `[0, 2³²)`
 * @throws IsoconvError `INVALID_ATTRIBUTE` for another seed
 */
export function normal(seed: number, name: string, count: number, mean: number, deviation: number): Float32Array {
  const source = words(seed, name, count * 2);
  const values = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const radius = Math.sqrt(-2 * Math.log(((source[2 * index] >>> 8) + 0.5) * 2 ** -24));
    const angle = 2 * Math.PI * (source[2 * index + 1] >>> 8) * 2 ** -24;
    values[index] = mean + deviation * radius * Math.cos(angle);
  }
  return values;
}
