import { elementCount, type OpName } from "@isoconv/core-spec";
import { attribute, attributeList, mainOperand, operandList, operandOf, type Call } from "../call.js";

/** A role of an extent: what a kernel may branch on. */
export type Role =
  | "batch"
  | "channels"
  | "height"
  | "width"
  | "rank"
  | "elements"
  | "row length"
  | "channels out"
  | "channels in per group"
  | "groups"
  | "kernel height"
  | "kernel width"
  | "stride"
  | "dilation"
  | "padding"
  | "products"
  | "filter elements"
  | "taps"
  | "reduced extent"
  | "operands"
  | "scale"
  | "output extent";

/** The extent of a role in a call; `undefined` where the call has none. */
const measures: Readonly<Record<Role, (call: Call) => number | undefined>> = {
  batch: (call) => mainOperand(call)[0],
  channels: (call) => mainOperand(call)[1],
  height: (call) => (isImage(call) ? mainOperand(call)[2] : undefined),
  width: (call) => (isImage(call) ? mainOperand(call)[3] : undefined),
  rank: (call) => mainOperand(call).length,
  elements: ({ shape }) => elementCount(shape),
  "row length": (call) => mainOperand(call).at(-1),
  "channels out": ({ shape }) => shape[1],
  "channels in per group": (call) => Number(mainOperand(call)[1]) / (attribute(call, "groups") ?? 1),
  groups: (call) => attribute(call, "groups"),
  "kernel height": (call) => kernelOf(call)[0],
  "kernel width": (call) => kernelOf(call)[1],
  stride: (call) => attribute(call, "strides"),
  dilation: (call) => attribute(call, "dilations"),
  padding: (call) => attribute(call, "pads"),
  products: (call) => {
    const filter = operandOf(call, "w");
    if (filter === undefined) return undefined;
    const perGroup = call.op === "convTranspose2d" ? Number(filter[0]) / (attribute(call, "groups") ?? 1) : filter[1];
    return perGroup * elementCount(filter.slice(2));
  },
  "filter elements": (call) => {
    const filter = operandOf(call, "w");
    return filter === undefined ? undefined : elementCount(filter);
  },
  taps: (call) => (kernelOf(call).length === 0 ? undefined : elementCount(kernelOf(call))),
  "reduced extent": reducedExtent,
  operands: (call) => operandList(call, "xs").length,
  scale: (call) => attribute(call, "scales"),
  "output extent": (call) => attribute(call, "outputSize"),
};

function isImage(call: Call): boolean {
  return mainOperand(call).length === 4;
}

function kernelOf(call: Call): readonly number[] {
  return operandOf(call, "w")?.slice(2) ?? attributeList(call, "kernel");
}

function reducedExtent(call: Call): number | undefined {
  const x = mainOperand(call);
  if (call.op === "globalAvgPool2d") return elementCount(x.slice(2));
  const axes = call.op === "mean" ? attributeList(call, "axes") : [attribute(call, "axis") ?? 0];
  return elementCount(axes.map((axis) => x[axis]));
}

/** The extent of a role in a call, 0 where the call has none. */
export function measure(call: Call, role: Role): number {
  return measures[role](call) ?? 0;
}

const image = ["batch", "channels", "height", "width", "elements", "row length"] as const;
const line = ["batch", "channels", "rank", "elements", "row length"] as const;
const windows = [...image, "kernel height", "kernel width", "stride", "padding", "taps"] as const;
const filters = [
  ...image,
  "channels out",
  "channels in per group",
  "groups",
  "kernel height",
  "kernel width",
  "stride",
  "dilation",
  "padding",
  "products",
  "filter elements",
] as const;
const reductions = [...line, "reduced extent"] as const;

const special: Readonly<Partial<Record<OpName, readonly Role[]>>> = {
  conv2d: filters,
  convTranspose2d: filters,
  linear: ["batch", "row length", "elements", "rank", "products", "filter elements"],
  maxPool2d: [...windows, "dilation"],
  avgPool2d: windows,
  globalAvgPool2d: [...image, "reduced extent"],
  adaptiveAvgPool2d: [...image, "output extent"],
  batchNorm: image,
  lrn: image,
  softmax: reductions,
  logSoftmax: reductions,
  layerNorm: reductions,
  mean: reductions,
  concat: [...line, "operands"],
  pad2d: [...image, "padding"],
  upsample: [...image, "scale"],
};

/** The roles that a kernel of the operation may branch on. */
export function rolesOf(op: OpName): readonly Role[] {
  return special[op] ?? line;
}

/** The axis of the result along which a role lies; `undefined` for the flat array of all elements. */
export function axisOf(role: Role, rank: number): number | undefined {
  switch (role) {
    case "batch":
      return 0;
    case "channels":
    case "channels out":
    case "channels in per group":
    case "groups":
      return rank > 1 ? 1 : undefined;
    case "height":
    case "kernel height":
      return rank === 4 ? 2 : undefined;
    case "width":
    case "kernel width":
    case "row length":
      return rank > 0 ? rank - 1 : undefined;
    default:
      return undefined;
  }
}
