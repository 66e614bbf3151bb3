import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pair } from "./attribute.js";
import { isIsoconvError } from "./error.js";
import { refusal } from "./op-cases.test.support.js";
import { slide, type Window } from "./window.js";

/** Positions counted one by one: those that fit into the padded input; undefined when one has no tap on the input. */
function countWindows(
  extent: number,
  begin: number,
  end: number,
  kernel: number,
  stride: number,
  dilation: number,
): number | undefined {
  let count = 0;
  for (let start = -begin; start + dilation * (kernel - 1) < extent + end; start += stride) {
    const taps = Array.from({ length: kernel }, (_, tap) => start + tap * dilation);
    if (!taps.some((tap) => tap >= 0 && tap < extent)) return undefined;
    count += 1;
  }
  return count === 0 ? undefined : count;
}

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

test("slide counts as counting one by one does, and refuses windows that miss the input", () => {
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
      expect(slideOrRefuse([h.extent, w.extent], windowOf(h, w))).toEqual(both.includes(undefined) ? undefined : both);
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

function slideOrRefuse(input: Pair, window: Window): Pair | undefined {
  try {
    return slide(input, window, {});
  } catch (error) {
    if (isIsoconvError(error, "INVALID_SHAPE")) return undefined;
    throw error;
  }
}

test("the largest window is refused at once", () => {
  const window: Window = {
    kernel: [1, 1],
    strides: [1, 1],
    pads: [65_535, 65_535, 65_535, 65_535],
    dilations: [65_535, 65_535],
  };
  expect(refusal(() => slide([1, 1], window, {}))).toEqual({ code: "INVALID_SHAPE", path: "inputs.x" });
});

test("a refusal says which window and what to do", () => {
  const window = windowOf(
    { begin: 0, end: 3, kernel: 3, stride: 1, dilation: 1 },
    { begin: 0, end: 0, kernel: 3, stride: 1, dilation: 1 },
  );
  expect(() => slide([3, 3], window, { op: "conv2d", node: "c" })).toThrow(
    'INVALID_SHAPE: conv2d "c" inputs.x: window 3 along the height lies wholly in the padding; expected every window ' +
      'to overlap the input, got "input 3, pads 0 and 3, reach 3, stride 1". Pad less, or pad the input explicitly with pad2d',
  );
  expect(() => slide([9, 2], { ...window, pads: [0, 0, 0, 0] }, {})).toThrow(
    /the kernel is larger than the padded input along the width/,
  );
});
