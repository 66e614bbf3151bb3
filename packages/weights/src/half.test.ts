import { describe, expect, it } from "vitest";
import { decodeBFloat16, decodeFloat16 } from "./half.js";

const patterns = Uint16Array.from({ length: 0x10000 }, (_, pattern) => pattern);

/** IEEE 754-2019, 3.4: the value of a binary16 pattern by its definition. */
function valueOf(pattern: number, exponentBits: number, fractionBits: number): number {
  const sign = pattern >> 15 === 1 ? -1 : 1;
  const exponent = (pattern >> fractionBits) % 2 ** exponentBits;
  const fraction = pattern % 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * 2 ** (1 - bias) * (fraction / 2 ** fractionBits);
  return sign * 2 ** (exponent - bias) * (1 + fraction / 2 ** fractionBits);
}

describe.each([
  ["decodeFloat16", decodeFloat16, 5, 10, 13],
  ["decodeBFloat16", decodeBFloat16, 8, 7, 16],
])("%s", (_, decode, exponentBits, fractionBits, shift) => {
  const decoded = decode(patterns);

  it("gives the value of every pattern, including the sign of zero", () => {
    const wrong = [...patterns].filter((pattern) => {
      return !Object.is(decoded[pattern], valueOf(pattern, exponentBits, fractionBits));
    });
    expect(wrong).toEqual([]);
  });

  it("keeps the sign and the payload of NaN", () => {
    const bits = new Uint32Array(decoded.buffer);
    const nans = [...patterns].filter((pattern) => Number.isNaN(valueOf(pattern, exponentBits, fractionBits)));
    expect(nans).toHaveLength(2 * (2 ** fractionBits - 1));
    const wrong = nans.filter((pattern) => {
      const payload = (pattern % 2 ** fractionBits) * 2 ** shift;
      return bits[pattern] !== (pattern >> 15) * 2 ** 31 + 0x7f800000 + payload;
    });
    expect(wrong).toEqual([]);
  });
});
