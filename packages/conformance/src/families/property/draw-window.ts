import {
  definitionOf,
  isIsoconvError,
  slide,
  slidePool,
  type OpName,
  type Pads2d,
  type Pair,
  type Shape,
} from "@isoconv/core-spec";
import type { Choose } from "./choose.js";

/** The attributes of a sliding window; an operation uses those that it has. */
export interface DrawnWindow {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Pads2d;
  /** For transposed convolutions only. */
  readonly outputPads: Pair;
}

interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  readonly end: number;
  readonly outputPad: number;
}

const KERNELS = [1, 2, 3];

const none: DrawnWindow = {
  kernel: [1, 1],
  strides: [1, 1],
  dilations: [1, 1],
  pads: [0, 0, 0, 0],
  outputPads: [0, 0],
};

/** Draws a window that fits the image; makes no choice for operations without a window. */
export function drawWindow(op: OpName, x: Shape, choose: Choose): DrawnWindow {
  if (!Object.hasOwn(definitionOf(op).attrs, "strides")) return none;
  const draw = (extent: number): AxisWindow => {
    const wanted = {
      kernel: choose(KERNELS),
      stride: choose(entriesOf(op, "strides", 1)),
      dilation: choose(entriesOf(op, "dilations", 1)),
      begin: choose(entriesOf(op, "pads", 0)),
      end: choose(entriesOf(op, "pads", 0)),
      outputPad: choose(entriesOf(op, "outputPads", 0)),
    };
    return firstThatFits(op, extent, wanted);
  };
  const [down, across] = [draw(Number(x[2])), draw(Number(x[3]))];
  return {
    kernel: [down.kernel, across.kernel],
    strides: [down.stride, across.stride],
    dilations: [down.dilation, across.dilation],
    pads: [down.begin, across.begin, down.end, across.end],
    outputPads: [down.outputPad, across.outputPad],
  };
}

/** The numbers in an attribute's boundary values, sorted; one neutral number if there is no such attribute. */
function entriesOf(op: OpName, attribute: string, neutral: number): readonly number[] {
  const { attrs } = definitionOf(op);
  if (!Object.hasOwn(attrs, attribute)) return [neutral];
  const entries = attrs[attribute].boundary.flatMap((value) => (typeof value === "object" ? value : []));
  return [...new Set(entries)].toSorted((a, b) => a - b);
}

/** The wanted window if it fits, otherwise the first fitting one of a list with fewer properties. */
function firstThatFits(op: OpName, extent: number, wanted: AxisWindow): AxisWindow {
  const inside = { ...wanted, kernel: Math.min(wanted.kernel, extent), dilation: 1, begin: 0, end: 0, outputPad: 0 };
  const candidates = [
    wanted,
    { ...wanted, outputPad: 0 },
    { ...wanted, dilation: 1, outputPad: 0 },
    { ...wanted, begin: 0, end: 0, outputPad: 0 },
  ];
  return candidates.find((candidate) => fits(op, extent, candidate)) ?? inside;
}

function fits(op: OpName, extent: number, axis: AxisWindow): boolean {
  const { kernel, stride, dilation, begin, end, outputPad } = axis;
  if (op === "convTranspose2d") {
    const whole = (extent - 1) * stride + dilation * (kernel - 1) + 1 + outputPad;
    return outputPad < Math.max(stride, dilation) && whole > begin + end;
  }
  try {
    const along = { kernel: [kernel, 1], strides: [stride, 1], dilations: [dilation, 1] } as const;
    (op === "conv2d" ? slide : slidePool)([extent, 1], { ...along, pads: [begin, 0, end, 0] }, {});
    return true;
  } catch (error) {
    if (isIsoconvError(error, "INVALID_SHAPE")) return false;
    throw error;
  }
}
