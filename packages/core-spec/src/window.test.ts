import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pair } from "./attribute.js";
import { isIsoconvError } from "./error.js";
import { refusal } from "./op-cases.test.support.js";
import { slide, slidePool, type Window } from "./window.js";

interface Counted {
  readonly count: number;
  /** Whether every window has a tap on the input. */
  readonly overlap: boolean;
}

/** Counts positions one by one: those that fit into the padded input; undefined when there is none. */
function countWindows(
  extent: number,
  begin: number,
  end: number,
  kernel: number,
  stride: number,
  dilation: number,
): Counted | undefined {
  let count = 0;
  let overlap = true;
  for (let start = -begin; start + dilation * (kernel - 1) < extent + end; start += stride) {
    const taps = Array.from({ length: kernel }, (_, tap) => start + tap * dilation);
    overlap &&= taps.some((tap) => tap >= 0 && tap < extent);
    count += 1;
  }
  return count === 0 ? undefined : { count, overlap };
}

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

test("slide gives the same count as counting one by one; a pool refuses windows without an element of the input", () => {
  const axis = fc.record({
    extent: small(1, 9),
    begin: small(0, 5),
    end: small(0, 5),
    kernel: small(1, 5),
    stride: small(1, 4),
    dilation: small(1, 4),
  });
  fc.assert(
    fc.property(axis, axis, (h, w) => {
      const both = [h, w].map((a) => countWindows(a.extent, a.begin, a.end, a.kernel, a.stride, a.dilation));
      const size = both.includes(undefined) ? undefined : both.map((along) => along?.count);
      const poolSize = both.every((along) => along?.overlap) ? size : undefined;
      expect(orRefused(() => slide([h.extent, w.extent], windowOf(h, w), {}))).toEqual(size);
      expect(orRefused(() => slidePool([h.extent, w.extent], windowOf(h, w), {}))).toEqual(poolSize);
    }),
    { numRuns: 3000 },
  );
});

interface Axis {
  readonly begin: number;
  readonly end: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

function windowOf(h: Axis, w: Axis): Window {
  return {
    kernel: [h.kernel, w.kernel],
    strides: [h.stride, w.stride],
    pads: [h.begin, w.begin, h.end, w.end],
    dilations: [h.dilation, w.dilation],
  };
}

function orRefused(size: () => Pair): Pair | undefined {
  try {
    return size();
  } catch (error) {
    if (isIsoconvError(error, "INVALID_SHAPE")) return undefined;
    throw error;
  }
}

test("the largest window of a pool is refused quickly", () => {
  const window: Window = {
    kernel: [1, 1],
    strides: [1, 1],
    pads: [65_535, 65_535, 65_535, 65_535],
    dilations: [65_535, 65_535],
  };
  expect(refusal(() => slidePool([1, 1], window, {}))).toEqual({ code: "INVALID_SHAPE", path: "inputs.x" });
});

test("an error names the window and says what to do", () => {
  const window = windowOf(
    { begin: 0, end: 3, kernel: 3, stride: 1, dilation: 1 },
    { begin: 0, end: 0, kernel: 3, stride: 1, dilation: 1 },
  );
  expect(() => slidePool([3, 3], window, { op: "maxPool2d", node: "p" })).toThrow(
    'INVALID_SHAPE: maxPool2d "p" inputs.x: window 3 along the height has no element of the input; expected every window ' +
      'of a pool to have one, for a maximum or a mean, got "input 3, pads 0 and 3, reach 3, dilation 1, stride 1". ' +
      "Pad less, dilate less, or pad the input explicitly with pad2d",
  );
  expect(() => slide([9, 2], { ...window, pads: [0, 0, 0, 0] }, {})).toThrow(
    /the kernel is larger than the padded input along the width/,
  );
});
