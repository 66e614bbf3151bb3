import { IsoconvError } from "./error.js";

/**
 * Counter-based random numbers: a value depends only on seed, name and index, so any part of any tensor can be
 * generated anywhere, in any order, with the same bits.
 *
 * Philox4x32-10: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
 */
type Words = readonly [number, number, number, number];

const ROUNDS = 10;

/** One block of four 32-bit words. */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  const block = new Uint32Array(4);
  writeBlocks(block, counter, key);
  const [w0, w1, w2, w3] = block;
  return [w0, w1, w2, w3];
}

/** Fills `output` with whole blocks, starting at `counter`, whose first two words count the blocks. */
function writeBlocks(output: Uint32Array, [first, high, c2, c3]: Words, [k0, k1]: readonly [number, number]): void {
  for (let offset = 0; offset + 4 <= output.length; offset += 4) {
    const index = (first >>> 0) + offset / 4;
    let w0 = index | 0;
    let w1 = (high + Math.floor(index / 2 ** 32)) | 0;
    let w2 = c2;
    let w3 = c3;
    let key0 = k0;
    let key1 = k1;
    for (let round = 0; round < ROUNDS; round += 1) {
      const high0 = multiplyHigh(0xd2511f53, w0);
      const high1 = multiplyHigh(0xcd9e8d57, w2);
      const low0 = Math.imul(0xd2511f53, w0);
      const low1 = Math.imul(0xcd9e8d57, w2);
      w0 = high1 ^ w1 ^ key0;
      w1 = low1;
      w2 = high0 ^ w3 ^ key1;
      w3 = low0;
      key0 = (key0 + 0x9e3779b9) | 0;
      key1 = (key1 + 0xbb67ae85) | 0;
    }
    output[offset] = w0;
    output[offset + 1] = w1;
    output[offset + 2] = w2;
    output[offset + 3] = w3;
  }
}

/**
 * The upper 32 bits of the 64-bit product of two unsigned words, from four products of 16-bit halves. Every sum here is
 * less than 2³², so integer arithmetic modulo 2³² is exact; engines are fastest when all numbers fit 32 bits.
 */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** FNV-1a over the name's UTF-8 bytes, as two 32-bit words, low first. */
function keyOf(name: string): readonly [number, number] {
  let [low, high] = [0x84222325, 0xcbf29ce4];
  for (const byte of new TextEncoder().encode(name)) {
    // The prime is 2⁴⁰ + 435. Every number here is less than 2⁵³, so doubles are exact; a BigInt takes ten times as long.
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * 435;
    high = (high * 435 + Math.floor(product / 2 ** 32) + mixed * 2 ** 8) % 2 ** 32;
    low = product % 2 ** 32;
  }
  return [low | 0, high | 0];
}

/** Words per chunk: few enough to stay in the processor's cache. */
const CHUNK = 4096;

/**
 * Passes `count` 32-bit words keyed by name to a callback, in order, in chunks of an even number of words. The callback
 * must not keep a chunk, because its memory is reused.
 */
function eachChunk(seed: number, name: string, count: number, take: (words: Uint32Array, start: number) => void): void {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    const expected = "an integer in [0, 2³²)";
    throw new IsoconvError("INVALID_ATTRIBUTE", { path: "seed", what: "not a seed", expected, received: seed });
  }
  const key = keyOf(name);
  // Whole blocks of four words, and no more than a short tensor needs.
  const words = new Uint32Array(Math.min(CHUNK, 4 * Math.ceil(count / 4)));
  for (let start = 0; start < count; start += CHUNK) {
    const block = start / 4;
    writeBlocks(words, [block | 0, Math.floor(block / 2 ** 32), seed | 0, 0], key);
    take(words.subarray(0, count - start), start);
  }
}

/**
 * `count` float32 values uniform on a grid of 2⁻²⁴ of `[low, high)`, rounded to float32, which may reach `high`; the same
 * bits everywhere.
 *
 * @param seed an integer in `[0, 2³²)`
 * @throws IsoconvError `INVALID_ATTRIBUTE` for another seed
 */
export function uniform(seed: number, name: string, count: number, low: number, high: number): Float32Array {
  const values = new Float32Array(count);
  eachChunk(seed, name, count, (words, start) => {
    for (let k = 0; k < words.length; k += 1) values[start + k] = low + (high - low) * ((words[k] >>> 8) * 2 ** -24);
  });
  return values;
}

/**
 * `count` float32 values of a normal distribution (Box and Muller's transform of two words each). The bits are the
 * same within one JavaScript engine only, because engines may differ in the last place of a logarithm or a cosine.
 *
 * @param seed an integer in `[0, 2³²)`
 * @throws IsoconvError `INVALID_ATTRIBUTE` for another seed
 */
export function normal(seed: number, name: string, count: number, mean: number, deviation: number): Float32Array {
  const values = new Float32Array(count);
  eachChunk(seed, name, count * 2, (words, start) => {
    for (let k = 0; k < words.length; k += 2) {
      const radius = Math.sqrt(-2 * Math.log(((words[k] >>> 8) + 0.5) * 2 ** -24));
      const angle = 2 * Math.PI * (words[k + 1] >>> 8) * 2 ** -24;
      values[(start + k) / 2] = mean + deviation * radius * Math.cos(angle);
    }
  });
  return values;
}
