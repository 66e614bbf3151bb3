import { slide, type Pair } from "@isoconv/core-spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poolPads, samePads, type PoolWindow } from "./pads.js";

/** PyTorch's `pooling_output_shape_pad_lr`, ATen/native/Pool.h, with the integer divisions as written there. */
function pytorchOutputSize(n: number, k: number, p: number, s: number, d: number, ceilMode: boolean): number {
  let size = Math.floor((n + 2 * p - d * (k - 1) - 1 + (ceilMode ? s - 1 : 0)) / s) + 1;
  if (ceilMode && (size - 1) * s >= n + p) size -= 1;
  return size;
}

const both = (value: number): Pair => [value, value];

function window(k: number, s: number, p: number, ceilMode: boolean, d = 1): PoolWindow {
  return { kernel: both(k), strides: both(s), padding: both(p), dilations: both(d), ceilMode };
}

describe("poolPads", () => {
  it.each([
    // n, k, s, p, ceil → pads at the end, windows
    [5, 2, 2, 1, true, 1, 3],
    [112, 3, 2, 0, true, 1, 56],
    [56, 3, 2, 0, true, 1, 28],
    [54, 3, 2, 0, true, 1, 27],
    [28, 3, 2, 0, true, 1, 14],
    [14, 2, 2, 0, true, 0, 7],
    [7, 3, 1, 1, true, 1, 7],
    [112, 3, 2, 1, false, 1, 56],
    [6, 3, 2, 0, false, 0, 2],
    [2, 3, 2, 0, true, 1, 1],
  ])("n %i, k %i, s %i, p %i, ceil %s: end %i, %i windows", (n, k, s, p, ceilMode, end, count) => {
    const pads = poolPads(both(n), window(k, s, p, ceilMode));
    expect(pads).toEqual([p, p, end, end]);
    expect(slide(both(n), { ...window(k, s, p, ceilMode), pads }, {})).toEqual(both(count));
  });

  it("gives each axis its own pads", () => {
    const pads = poolPads([5, 6], {
      kernel: [2, 3],
      strides: [2, 2],
      padding: [0, 1],
      dilations: [1, 1],
      ceilMode: true,
    });
    expect(pads).toEqual([0, 1, 1, 2]);
  });

  it("gives the same number of windows as PyTorch", () => {
    const cases = fc.record({
      n: fc.integer({ min: 1, max: 40 }),
      k: fc.integer({ min: 1, max: 7 }),
      s: fc.integer({ min: 1, max: 8 }),
      p: fc.integer({ min: 0, max: 3 }),
      d: fc.integer({ min: 1, max: 3 }),
      ceilMode: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ n, k, s, p, d, ceilMode }) => {
        fc.pre(p <= Math.floor(k / 2));
        const expected = pytorchOutputSize(n, k, p, s, d, ceilMode);
        const [, , end] = poolPads(both(n), window(k, s, p, ceilMode, d));
        const padded = n + p + end;
        const reach = d * (k - 1) + 1;
        if (expected < 1) expect(padded).toBeLessThan(reach);
        else expect(Math.floor((padded - reach) / s) + 1).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("samePads", () => {
  const same = (n: number, k: number, s: number, d = 1) =>
    samePads(both(n), { kernel: both(k), strides: both(s), dilations: both(d) });

  it.each([
    [28, 5, 1, 1, [2, 2, 2, 2]],
    [28, 4, 1, 1, [1, 1, 2, 2]],
    [28, 3, 1, 2, [2, 2, 2, 2]],
    [224, 3, 2, 1, [0, 0, 1, 1]],
    [225, 3, 2, 1, [1, 1, 1, 1]],
    [7, 1, 2, 1, [0, 0, 0, 0]],
  ])("n %i, k %i, s %i, d %i: %j", (n, k, s, d, pads) => {
    expect(same(n, k, s, d)).toEqual(pads);
  });

  it("gives ceil(n / s) windows", () => {
    const extent = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(extent, extent, extent, fc.integer({ min: 1, max: 3 }), (n, k, s, d) => {
        const [begin, , end] = same(n, k, s, d);
        const reach = d * (k - 1) + 1;
        expect(Math.floor((n + begin + end - reach) / s) + 1).toBe(Math.ceil(n / s));
        expect(end - begin === 0 || end - begin === 1).toBe(true);
      }),
    );
  });
});
