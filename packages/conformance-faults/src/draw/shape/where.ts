import type { OpName } from "@isoconv/core-spec";
import { attribute, mainOperand, operandOf, type Call } from "../call.js";
import type { Stream } from "../stream.js";
import { measure, rolesOf, type Role } from "./roles.js";
import type { Wanted } from "./subject.js";
import { largestExtent } from "./zoo-extents.js";

/** The calls that a fault spoils. */
export interface Where {
  readonly what: string;
  readonly role: Role;
  /** The smallest extent of the role that is spoiled, or the next that has the remainder. */
  readonly extent: number;
  readonly holds: (call: Call) => boolean;
  /** What the smallest call needs besides the extent. */
  readonly wanted: Wanted;
}

/** The widths of vectors and tiles of real kernels. */
export const tiles = [2, 4, 8, 16, 32, 64] as const;

interface Condition {
  readonly what: string;
  readonly holds: (call: Call) => boolean;
}

/** Draws a condition on one role of an operation and, now and then, a second one on its attributes. */
export function drawWhere(op: OpName, stream: Stream): Where {
  const role = stream.pick(rolesOf(op));
  const threshold = drawThreshold(op, role, stream);
  const besides = stream.chance(0.35) ? drawAttribute(op, role, stream) : undefined;
  return {
    role,
    extent: threshold.extent,
    what: `${role} ${threshold.what}${besides === undefined ? "" : `, ${besides.what}`}`,
    holds: (call) => threshold.admits(measure(call, role)) && (besides?.holds(call) ?? true),
    wanted: {
      ...besides?.wanted,
      extents: { ...besides?.wanted.extents, [role]: threshold.extent },
    },
  };
}

interface Threshold {
  readonly what: string;
  readonly extent: number;
  readonly admits: (extent: number) => boolean;
}

/** Draws a threshold of 2 or more, with a logarithm that is uniform up to the zoo's largest extent of the role. */
function drawThreshold(op: OpName, role: Role, stream: Stream): Threshold {
  const largest = largestExtent(op, role);
  const threshold = drawUpTo(largest, stream);
  return threshold.extent <= largest ? threshold : drawThreshold(op, role, stream);
}

function drawUpTo(largest: number, stream: Stream): Threshold {
  const from = stream.logInteger(2, largest);
  const tile = stream.pick(tiles.filter((each) => each <= Math.max(2, from)));
  switch (stream.pick(["from", "tail", "whole", "band"] as const)) {
    case "from":
      return { what: `≥ ${from}`, extent: from, admits: (extent) => extent >= from };
    case "tail":
      return {
        what: `≥ ${from} and no multiple of ${tile}`,
        extent: from % tile === 0 ? from + 1 : from,
        admits: (extent) => extent >= from && extent % tile !== 0,
      };
    case "whole":
      return {
        what: `> ${from} and a multiple of ${tile}`,
        extent: (Math.floor(from / tile) + 1) * tile,
        admits: (extent) => extent > from && extent % tile === 0,
      };
    case "band":
      return {
        what: `in [${from}, ${2 * from})`,
        extent: from,
        admits: (extent) => extent >= from && extent < 2 * from,
      };
  }
}

interface AttributeCondition extends Condition {
  readonly ops: readonly OpName[];
  /** Roles that the condition fixes. */
  readonly fixes: readonly Role[];
  readonly wanted: Wanted;
}

const filters: readonly OpName[] = ["conv2d", "convTranspose2d"];
const windows: readonly OpName[] = [...filters, "maxPool2d", "avgPool2d"];
const images: readonly OpName[] = [...windows, "globalAvgPool2d", "batchNorm", "lrn", "pad2d", "upsample"];
const odd = (extent: number | undefined): boolean => (extent ?? 0) % 2 === 1;

const attributes: readonly AttributeCondition[] = [
  {
    what: "strided",
    ops: windows,
    fixes: ["stride"],
    holds: (call) => (attribute(call, "strides") ?? 1) > 1,
    wanted: { extents: { stride: 2 } },
  },
  {
    what: "grouped",
    ops: filters,
    fixes: ["groups"],
    holds: (call) => (attribute(call, "groups") ?? 1) > 1,
    wanted: { extents: { groups: 2 } },
  },
  {
    what: "depthwise",
    ops: filters,
    fixes: ["groups", "channels in per group", "products"],
    holds: (call) => (attribute(call, "groups") ?? 1) > 1 && attribute(call, "groups") === mainOperand(call)[1],
    wanted: { extents: { groups: 2, "channels in per group": 1 } },
  },
  {
    what: "with a kernel 1×n",
    ops: filters,
    fixes: ["kernel height", "products", "filter elements"],
    holds: (call) => operandOf(call, "w")?.[2] === 1 && (operandOf(call, "w")?.[3] ?? 1) > 1,
    wanted: { extents: { "kernel height": 1 } },
  },
  {
    what: "dilated",
    ops: [...filters, "maxPool2d"],
    fixes: ["dilation"],
    holds: (call) => (attribute(call, "dilations") ?? 1) > 1,
    wanted: { extents: { dilation: 2 } },
  },
  {
    what: "without bias",
    ops: [...filters, "linear"],
    fixes: [],
    holds: (call) => operandOf(call, "bias") === undefined,
    wanted: { extents: {}, bias: false },
  },
  {
    what: "with a fused activation",
    ops: ["conv2d", "linear"],
    fixes: [],
    holds: ({ attrs }) => attrs["activation"] !== "none",
    wanted: { extents: {}, activation: "relu" },
  },
  {
    what: "of odd height and width",
    ops: images,
    fixes: ["height", "width", "row length", "elements"],
    holds: (call) => odd(mainOperand(call)[2]) && odd(mainOperand(call)[3]),
    wanted: { extents: { height: 9, width: 9 } },
  },
];

function drawAttribute(op: OpName, role: Role, stream: Stream): AttributeCondition | undefined {
  const fitting = attributes.filter(({ ops, fixes }) => ops.includes(op) && !fixes.includes(role));
  return fitting.length === 0 ? undefined : stream.pick(fitting);
}
