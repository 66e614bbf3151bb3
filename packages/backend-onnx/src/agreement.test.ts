import type { OpName } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { lattice, oneNode, type OpCase } from "@isoconv/goldens";
import { disagreement, openBackends } from "./agreement.test.support.js";

const backends = await openBackends();

/** Cases where ONNX Runtime or ONNX defines another result than isoconv, or refuses what isoconv allows. */
const traps: readonly OpCase[] = [
  { id: "max/pads as large as the kernel", ...max({ kernel: [2, 2], pads: [2, 2, 2, 2], dilations: [3, 3] }) },
  { id: "max/dilations differ", ...max({ kernel: [2, 3], pads: [1, 0, 0, 2], dilations: [2, 1], strides: [1, 2] }) },
  { id: "max/padding out of reach", ...max({ kernel: [2, 2], strides: [5, 5], pads: [0, 0, 2, 2] }) },
  {
    id: "average/padding out of reach",
    op: "avgPool2d",
    inputs: { x: [2, 2, 6, 6] },
    attrs: { kernel: [2, 2], strides: [5, 5], pads: [0, 0, 2, 2] },
  },
  { id: "transposed/output pad kept", ...transposed({ strides: [2, 3], outputPads: [1, 2], pads: [1, 0, 0, 1] }) },
  { id: "transposed/output pad of a dilation", ...transposed({ dilations: [2, 3], outputPads: [1, 2] }) },
  {
    id: "transposed/output pad of a dilation, cropped",
    ...transposed({ dilations: [3, 3], outputPads: [2, 1], pads: [0, 1, 1, 2], strides: [2, 1], groups: 2 }),
  },
  ...[1, 2, 3, 4, 9, 10, 11, 12, 40].map((size) => ({
    id: `lrn/size ${size}`,
    op: "lrn" as const,
    inputs: { x: [2, 13, 3, 2] },
    ranges: { x: [-4, 4] as const },
    attrs: { size, alpha: 1, beta: size % 4 === 0 ? 0.6 : 0.75, bias: 2 },
  })),
  ...[0, 1, 2, 3].map((axis) => ({
    id: `layer/far from zero along axis ${axis}`,
    op: "layerNorm" as const,
    inputs: { x: [3, 5, 4, 6], scale: [[3, 5, 4, 6][axis]], offset: [[3, 5, 4, 6][axis]] },
    ranges: { x: [998, 1002] as const },
    attrs: { axis, epsilon: 1e-6 },
  })),
  ...(["none", "relu", "relu6"] as const).flatMap((activation) => [
    {
      id: `conv2d/${activation}`,
      op: "conv2d" as const,
      inputs: { x: [2, 16, 5, 5], w: [16, 16, 3, 3], bias: [16] },
      attrs: { activation },
    },
    ...[
      [3, 5],
      [2, 3, 5],
      [2, 2, 3, 5],
    ].map((x) => ({
      id: `linear/rank ${x.length} ${activation}`,
      op: "linear" as const,
      inputs: { x, w: [4, 5], bias: [4] },
      ranges: { x: [-6, 6] as const },
      attrs: { activation },
    })),
  ]),
  { id: "clip/unlimited", op: "clip", inputs: { x: [3] }, attrs: {} },
  { id: "upsample/7x3", op: "upsample", inputs: { x: [1, 2, 9, 11] }, attrs: { scales: [7, 3] } },
  { id: "add/nothing", op: "add", inputs: { a: [2, 0], b: [1] }, attrs: {} },
  {
    id: "concat/nothing first",
    op: "concat",
    inputs: {
      xs: [
        [2, 0],
        [2, 3],
        [2, 0],
      ],
    },
    attrs: { axis: 1 },
  },
];

function max(attrs: OpCase["attrs"]): Omit<OpCase, "id"> {
  return { op: "maxPool2d", inputs: { x: [2, 2, 6, 6] }, ranges: { x: [-2, -1] }, attrs };
}

function transposed(attrs: OpCase["attrs"]): Omit<OpCase, "id"> {
  return { op: "convTranspose2d", inputs: { x: [2, 2, 4, 5], w: [2, 2, 3, 2] }, attrs };
}

test.for(traps)("$id is within the bound of the operation", async (opCase) => {
  expect(await disagreement(backends, oneNode(opCase))).toBeUndefined();
});

const exactOps: ReadonlySet<OpName> = new Set<OpName>([
  ...(["conv2d", "convTranspose2d", "linear", "maxPool2d", "add", "mul", "relu", "clip", "concat", "slice"] as const),
  ...(["reshape", "flatten", "transpose", "pad2d", "upsample", "dropout"] as const),
]);

test.for(traps.filter(({ op }) => exactOps.has(op)))("$id is exact on integers", async (opCase) => {
  expect(await disagreement(backends, oneNode(opCase, lattice), true)).toBeUndefined();
});
