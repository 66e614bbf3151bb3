import { bindShape, mapOperands, shapesOf, type OpName } from "@isoconv/core-spec";
import { Memo } from "@isoconv/judge";
import { describe, expect, test } from "vitest";
import { correct, hostBackend, mapElements, type HostArray, type HostKernel } from "../../faults.js";
import type { AgreementCase } from "../../plan/case.js";
import { planConformance } from "../../plan/plan.js";
import { openSession } from "../../run/session.js";

/** One application, as a fault sees it. */
interface Site {
  readonly operands: Readonly<Record<string, HostArray | readonly HostArray[]>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly result: readonly number[];
}

/** A kind of fault that begins at a size; each threshold is a fault of its own. */
interface Kind {
  readonly kind: string;
  readonly ops: readonly OpName[];
  readonly thresholds: readonly number[];
  readonly isWrong: (site: Site, threshold: number) => boolean;
}

const shapeOf = ({ operands }: Site, name: string): readonly number[] => {
  const operand = operands[name];
  return "shape" in operand ? operand.shape : [];
};
const pairOf = ({ attrs }: Site, name: string): readonly number[] => attrs[name] as readonly number[];
const count = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);
const has = (extent: number, threshold: number, tile: number): boolean => extent > threshold && extent % tile !== 0;

/** The kinds of verification by hand that passed the first generation of the suite. */
const kinds: readonly Kind[] = [
  {
    kind: "channels in leave a remainder of the vector",
    ops: ["conv2d"],
    thresholds: [12, 60, 250, 1000],
    isWrong: (site, threshold) => has(shapeOf(site, "w")[1], threshold, 4),
  },
  {
    kind: "channels out leave a remainder of the tile",
    ops: ["conv2d"],
    thresholds: [12, 60, 250, 1000],
    isWrong: (site, threshold) => has(site.result[1], threshold, 16),
  },
  {
    kind: "an array leaves a remainder of the vector",
    ops: ["relu", "add", "mul", "sigmoid", "concat", "pad2d"],
    thresholds: [1000, 30_000, 60_000],
    isWrong: ({ result }, threshold) => has(count(result), threshold, 8),
  },
  {
    kind: "a part leaves a remainder of the vector",
    ops: ["slice"],
    thresholds: [100, 1000, 4000],
    isWrong: ({ result }, threshold) => has(count(result), threshold, 8),
  },
  {
    kind: "a transpose crosses a tile",
    ops: ["transpose"],
    thresholds: [32, 64, 500],
    isWrong: ({ result }, threshold) => has(result[result.length - 1], threshold, 32),
  },
  {
    kind: "a reduced extent is long",
    ops: ["softmax", "layerNorm"],
    thresholds: [64, 256, 512, 2000],
    isWrong: ({ operands, attrs }, threshold) =>
      shapeOf({ operands, attrs, result: [] }, "x")[Number(attrs["axis"])] > threshold,
  },
  {
    kind: "a pooled image is large",
    ops: ["globalAvgPool2d"],
    thresholds: [64, 256, 512, 40_000],
    isWrong: (site, threshold) => count(shapeOf(site, "x").slice(2)) > threshold,
  },
  {
    kind: "a sum has many terms and a remainder",
    ops: ["conv2d", "linear"],
    thresholds: [256, 1000, 4000],
    isWrong: (site, threshold) => has(count(shapeOf(site, "w").slice(1)), threshold, 4),
  },
  {
    kind: "an odd number of channels is transposed",
    ops: ["convTranspose2d"],
    thresholds: [2, 30, 500],
    isWrong: (site, threshold) => has(shapeOf(site, "w")[0], threshold, 2),
  },
  {
    kind: "rows are wide",
    ops: ["conv2d", "maxPool2d", "avgPool2d", "relu"],
    thresholds: [127, 200, 500],
    isWrong: ({ result }, threshold) => result.length === 4 && result[3] > threshold,
  },
  {
    kind: "images have thousands of pixels",
    ops: ["conv2d", "maxPool2d", "batchNorm"],
    thresholds: [4000, 12_000, 50_000],
    isWrong: (site, threshold) => count(shapeOf(site, "x").slice(2)) > threshold,
  },
  {
    kind: "a pool has many taps",
    ops: ["maxPool2d", "avgPool2d"],
    thresholds: [16, 32, 80, 1000],
    isWrong: (site, threshold) => count(pairOf(site, "kernel")) > threshold,
  },
  {
    kind: "a kernel is long in one direction",
    ops: ["conv2d"],
    thresholds: [5, 7, 11],
    isWrong: (site, threshold) => shapeOf(site, "w")[2] === 1 && shapeOf(site, "w")[3] >= threshold,
  },
  {
    kind: "a depthwise kernel of one row has stride 2",
    ops: ["conv2d"],
    thresholds: [1, 3, 5],
    isWrong: (site, threshold) =>
      site.attrs["groups"] === shapeOf(site, "x")[1] &&
      site.attrs["groups"] !== 1 &&
      shapeOf(site, "w")[2] === 1 &&
      shapeOf(site, "w")[3] >= threshold &&
      pairOf(site, "strides")[1] === 2,
  },
  {
    kind: "a transposed convolution has a large kernel and stride",
    ops: ["convTranspose2d"],
    thresholds: [3, 4, 6],
    isWrong: (site, threshold) => shapeOf(site, "w")[2] >= threshold && pairOf(site, "strides")[0] >= 2,
  },
  {
    kind: "an image is enlarged much",
    ops: ["upsample"],
    thresholds: [4, 8, 16],
    isWrong: (site, threshold) => pairOf(site, "scales")[0] > threshold,
  },
  {
    kind: "a window is dilated much",
    ops: ["conv2d", "maxPool2d"],
    thresholds: [3, 6, 12],
    isWrong: (site, threshold) => Math.max(...pairOf(site, "dilations")) > threshold,
  },
  {
    kind: "the rank is high",
    ops: ["transpose", "relu"],
    thresholds: [4, 5, 7],
    isWrong: ({ result }, threshold) => result.length > threshold,
  },
  {
    kind: "many tensors are joined",
    ops: ["concat"],
    thresholds: [8, 16, 48],
    isWrong: ({ operands: { xs } }, threshold) => Array.isArray(xs) && xs.length > threshold,
  },
  {
    kind: "the batch is large",
    ops: ["conv2d", "linear", "maxPool2d", "relu"],
    thresholds: [32, 64, 100],
    isWrong: ({ result }, threshold) => result[0] > threshold,
  },
  {
    kind: "the batch is odd and large",
    ops: ["conv2d", "linear"],
    thresholds: [4, 16, 64],
    isWrong: ({ result }, threshold) => has(result[0], threshold, 2),
  },
  {
    kind: "there are millions of elements and a remainder",
    ops: ["relu", "conv2d"],
    thresholds: [1_100_000, 1_600_000, 2_700_000],
    isWrong: ({ result }, threshold) => has(count(result), threshold, 4),
  },
  {
    kind: "there are many filters and a remainder",
    ops: ["conv2d", "convTranspose2d", "linear"],
    thresholds: [440_000, 1_300_000, 2_900_000],
    isWrong: (site, threshold) => has(count(shapeOf(site, "w")), threshold, 8),
  },
  {
    kind: "the rank is high and even",
    ops: ["concat"],
    thresholds: [4, 5, 6],
    isWrong: ({ result }, threshold) => result.length > threshold && result.length % 2 === 0,
  },
  {
    kind: "a transposed convolution crops much",
    ops: ["convTranspose2d"],
    thresholds: [4, 5, 6],
    isWrong: (site, threshold) => Math.max(...pairOf(site, "pads")) > threshold,
  },
  {
    kind: "an index leaves its width",
    ops: ["conv2d", "batchNorm", "relu", "transpose"],
    thresholds: [2 ** 11, 2 ** 15, 2 ** 16],
    isWrong: ({ result }, threshold) => count(result) > threshold,
  },
];

const applied = kinds.flatMap(({ kind, ops, thresholds, isWrong }) =>
  ops.flatMap((op) =>
    thresholds.map((threshold) => ({
      name: `${op}: ${kind} (${threshold})`,
      op,
      wrong: (site: Site) => isWrong(site, threshold),
    })),
  ),
);

/** What another result has left behind: more than the bound of every sum. */
const STALE = 1e30;

/** A kernel whose last element is wrong where the fault says so. */
function faulty(op: OpName, wrong: (site: Site) => boolean): HostKernel<OpName> {
  // The kernel of the table gets the operands of its own operation.
  const kernel = correct[op] as HostKernel<OpName>;
  return (inputs, attrs, site) => {
    const y = kernel(inputs, attrs, site);
    const operands = inputs as Site["operands"];
    if (!wrong({ operands, attrs, result: y.shape })) return y;
    return mapElements(y, (value, k) => (k === y.data.length - 1 ? STALE : value));
  };
}

/** The oracle's results, which are the same for every fault. */
const memo = new Memo();
const noElements = new Float32Array();

/** The application of a case in its first run and in its largest one, without elements. */
function sitesOf({ network: { graph, batch }, history }: AgreementCase): readonly Site[] {
  const shapes = shapesOf(graph);
  const [{ inputs, attrs, shape }] = graph.nodes;
  const counts = history.map((step) => (step.kind === "run" ? (step.items?.count ?? batch) : batch));
  return [batch, Math.max(...counts)].map((items) => {
    const operands = mapOperands<string, HostArray>(inputs, (name) => ({
      shape: bindShape(shapes.get(name) ?? [], items),
      data: noElements,
    }));
    return { operands: operands as Site["operands"], attrs, result: bindShape(shape, items) };
  });
}

/** The sizes of an operation, first those at which a fault shows. */
function casesOf(op: OpName, wrong: (site: Site) => boolean): readonly AgreementCase[] {
  const { cases } = planConformance({ filter: [`op/${op}/size/*`] });
  const sizes = cases.flatMap((each) => (each.family === "size" ? [each] : []));
  const isReached = (each: AgreementCase): boolean => sitesOf(each).some(wrong);
  return [...sizes.filter(isReached), ...sizes.filter((each) => !isReached(each))];
}

describe("a fault that begins at a size is found", () => {
  test.each(applied.map((each): [string, (typeof applied)[number]] => [each.name, each]))(
    "%s",
    async (_name, { op, wrong }) => {
      const create = async () => hostBackend("fault/size", { kernels: { [op]: faulty(op, wrong) } });
      const session = await openSession("quick", { create, memo });
      try {
        const statuses: string[] = [];
        for (const testCase of casesOf(op, wrong)) {
          statuses.push((await session.run(testCase)).status);
          if (statuses.at(-1) !== "pass") break;
        }
        expect(statuses.at(-1)).toBe("fail");
      } finally {
        await session.close();
      }
    },
  );
});
