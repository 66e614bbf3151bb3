import { checkOptions, optionChecks, type OpName, type Shape } from "@isoconv/core-spec";
import { oneOpNetwork } from "@isoconv/judge";
import type { OpSubject } from "./subject.js";

/** The operations to time, with shapes as in ResNet, MobileNet, AlexNet and similar networks, and a batch of N. */
interface OpRow {
  readonly op: OpName;
  /** The part of the subject's name after the operation. */
  readonly detail: string;
  readonly operands: Readonly<Record<string, Shape | readonly Shape[]>>;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

const image = (channels: number, height: number, width = height): Shape => ["N", channels, height, width];
const perChannel = (count: number): Shape => [count];

const rows: readonly OpRow[] = [
  {
    op: "conv2d",
    detail: "3×3 64→64 at 56×56",
    operands: { x: image(64, 56), w: [64, 64, 3, 3], bias: perChannel(64) },
    attrs: { pads: [1, 1, 1, 1] },
  },
  {
    op: "conv2d",
    detail: "1×1 256→64 at 28×28",
    operands: { x: image(256, 28), w: [64, 256, 1, 1], bias: perChannel(64) },
  },
  {
    op: "conv2d",
    detail: "3×3 depthwise 96 at 56×56",
    operands: { x: image(96, 56), w: [96, 1, 3, 3], bias: perChannel(96) },
    attrs: { pads: [1, 1, 1, 1], groups: 96 },
  },
  {
    op: "conv2d",
    detail: "7×7 stride 2 3→64 at 224×224",
    operands: { x: image(3, 224), w: [64, 3, 7, 7], bias: perChannel(64) },
    attrs: { strides: [2, 2], pads: [3, 3, 3, 3] },
  },
  {
    op: "conv2d",
    detail: "3×3 stride 2 64→128 at 56×56",
    operands: { x: image(64, 56), w: [128, 64, 3, 3], bias: perChannel(128) },
    attrs: { strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  { op: "linear", detail: "512→1000", operands: { x: ["N", 512], w: [1000, 512], bias: [1000] } },
  {
    op: "maxPool2d",
    detail: "3×3 stride 2 64 at 112×112",
    operands: { x: image(64, 112) },
    attrs: { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  {
    op: "avgPool2d",
    detail: "3×3 64 at 56×56",
    operands: { x: image(64, 56) },
    attrs: { kernel: [3, 3], pads: [1, 1, 1, 1] },
  },
  { op: "globalAvgPool2d", detail: "512 at 7×7", operands: { x: image(512, 7) } },
  {
    op: "batchNorm",
    detail: "64 at 56×56",
    operands: {
      x: image(64, 56),
      mean: perChannel(64),
      variance: perChannel(64),
      scale: perChannel(64),
      offset: perChannel(64),
    },
    attrs: { epsilon: 1e-5 },
  },
  { op: "relu", detail: "64 at 56×56", operands: { x: image(64, 56) } },
  { op: "add", detail: "64 at 56×56", operands: { a: image(64, 56), b: image(64, 56) } },
  {
    op: "concat",
    detail: "64 and 128 at 28×28",
    operands: { xs: [image(64, 28), image(128, 28)] },
    attrs: { axis: 1 },
  },
  { op: "softmax", detail: "1000", operands: { x: ["N", 1000] }, attrs: { axis: 1 } },
  { op: "lrn", detail: "size 5 96 at 27×27", operands: { x: image(96, 27) }, attrs: { size: 5 } },
  { op: "upsample", detail: "×2 64 at 28×28", operands: { x: image(64, 28) }, attrs: { scales: [2, 2] } },
  {
    op: "transpose",
    detail: "NCHW→NHWC 64 at 56×56",
    operands: { x: image(64, 56) },
    attrs: { permutation: [0, 2, 3, 1] },
  },
];

export interface OpSubjectOptions {
  readonly batch: number;
  readonly seed: number;
}

/**
 * The operations to time, of realistic but moderate sizes.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function opSubjects(options: OpSubjectOptions): readonly OpSubject[] {
  checkOptions(options, { known: { batch: optionChecks.count, seed: optionChecks.seed } }, { op: "opSubjects" });
  const { batch, seed } = options;
  return rows.map(({ op, detail, operands, attrs = {} }) => {
    const name = `${op} ${detail}`;
    return { kind: "op", name, op, network: oneOpNetwork(graphName(name), op, operands, attrs, { batch, seed }) };
  });
}

/** A subject's name, reduced to the characters that a graph's name may have. */
function graphName(name: string): string {
  return `bench/${name.replaceAll(/[^\w.]+/gu, "-")}`;
}
