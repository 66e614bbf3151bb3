import { describe, expect, it } from "vitest";
import { decodeBFloat16, decodeFloat16, encodeFloat16 } from "./half.js";

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

describe("encodeFloat16", () => {
  const halves = Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits);
  const values = decodeFloat16(halves);

  it("gives back every finite value, of both signs", () => {
    expect(encodeFloat16(values)).toEqual(halves);
    expect(encodeFloat16(values.map((value) => -value))).toEqual(halves.map((bits) => bits | 0x8000));
  });

  it("rounds what lies between two values to the nearer one, and ties to even", () => {
    const between = (share: number): Float64Array =>
      Float64Array.from(halves.subarray(1), (bits) => values[bits - 1] + (values[bits] - values[bits - 1]) * share);
    const lower = halves.subarray(0, -1);
    expect(encodeFloat16(between(0.499_999))).toEqual(lower);
    expect(encodeFloat16(between(0.500_001))).toEqual(halves.subarray(1));
    expect(encodeFloat16(between(0.5))).toEqual(lower.map((bits) => bits + (bits & 1)));
  });

  it("turns larger values into infinities, and NaN into NaN", () => {
    expect([...encodeFloat16(Float64Array.of(65_519.99, 65_520, -Infinity, Number.NaN, 1e300))]).toEqual([
      0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x7c00,
    ]);
  });
});
