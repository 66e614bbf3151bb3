import type { Backend, KernelTable, OpName } from "@isoconv/core-spec";
import { Memo } from "@isoconv/judge";
import { describe, expect, it } from "vitest";
import { correct, hostBackend, mapKernels } from "../../faults/base.js";
import { mapElements, zeros, type HostArray } from "../../faults/host-array.js";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";

/** The oracle's results, which are the same for every fault. */
const memo = new Memo();

/** The first special case of an operation that a backend with these kernels fails, in a list; by default of all. */
async function failedCases(
  op: OpName,
  kernels: Partial<KernelTable<HostArray>>,
  among = "**",
): Promise<readonly string[]> {
  const plan = planConformance({ filter: [`op/${op}/special/${among}`] });
  const create = async (): Promise<Backend> => hostBackend("faulty", { kernels, passes: [] });
  const { cases } = await runConformance(plan, { create, memo, stopAtFirstFailure: true });
  return cases.filter(({ status }) => status === "fail" || status === "error").map(({ id }) => id);
}

/** Kernels whose results of one operation are changed, element by element. */
function changed(
  op: OpName,
  change: (element: number, index: number, count: number) => number,
): KernelTable<HostArray> {
  return mapKernels(correct, (value, name) =>
    name === op ? mapElements(value, (element, index) => change(element, index, value.data.length)) : value,
  );
}

const withoutNan = (element: number): number => (Number.isNaN(element) ? 0 : element);

const movers = ["relu", "tanh", "conv2d", "maxPool2d", "layerNorm", "concat"] as const;

describe.each(movers)("a NaN in %s", (op) => {
  it.each([4, 16, 64])("is noticed where vectors of %i lose it", async (lanes) => {
    const lost = changed(op, (y, k, count) => (k < count - (count % lanes) ? withoutNan(y) : y));
    expect(await failedCases(op, lost)).not.toEqual([]);
  });

  it.each([0, 13, 63])("is noticed where it is lost in lane %i of 64, in long arrays only", async (lane) => {
    const lost = changed(op, (y, k, count) => (k % 64 === lane && count > 1000 ? withoutNan(y) : y));
    expect(await failedCases(op, lost)).not.toEqual([]);
  });
});

const ended = ["tanh", "add", "batchNorm", "slice", "conv2d", "linear", "maxPool2d", "lrn", "softmax", "mean"] as const;

describe("a NaN at the end of an array", () => {
  it.each([4, 16, 64])("is noticed where the rest after vectors of %i loses it", async (lanes) => {
    for (const op of ended) {
      const lost = changed(op, (y, k, count) => (k >= count - (count % lanes) ? withoutNan(y) : y));
      expect(await failedCases(op, lost), op).not.toEqual([]);
    }
  });
});

describe("a NaN in a long array", () => {
  it.each([3000, 40_000, 250_000])("is noticed where arrays of %i elements lose it", async (size) => {
    for (const op of ["relu", "tanh", "add", "concat"] as const) {
      const lost = changed(op, (y, _, count) => (count >= size ? withoutNan(y) : y));
      expect(await failedCases(op, lost), op).not.toEqual([]);
    }
  });
});

describe("a result that is too large for half precision or an integer", () => {
  const sums = ["conv2d", "convTranspose2d", "linear", "avgPool2d", "globalAvgPool2d", "mean"] as const;

  it.each([65_504, 2 ** 21, 2 ** 31])("is noticed where sums saturate at %i", async (limit) => {
    for (const op of sums) {
      const saturated = changed(op, (y) => (Math.abs(y) < Infinity ? Math.min(Math.max(y, -limit), limit) : y));
      expect(await failedCases(op, saturated), op).not.toEqual([]);
    }
  });

  it.each([2 ** -10, 2 ** -16, 2 ** -20])("is noticed where sums are multiples of %f", async (step) => {
    for (const op of sums) {
      expect(
        await failedCases(
          op,
          changed(op, (y) => Math.round(y / step) * step),
        ),
        op,
      ).not.toEqual([]);
    }
  });
});

describe("softmax", () => {
  it.each([64, 512, 1024])("is noticed where the maximum is that of the first %i elements", async (seen) => {
    for (const op of ["softmax", "logSoftmax"] as const) {
      const kernels = {
        [op]: ({ x }: { x: HostArray }, { axis }: { axis: number }): HostArray =>
          eachLine(x, axis, (line) => {
            const most = line.slice(0, seen).reduce((a, b) => Math.max(a, b), -Infinity);
            const powers = line.map((value) => Math.fround(Math.exp(value - most)));
            const sum = Math.fround(powers.reduce((a, b) => a + b, 0));
            return op === "softmax"
              ? powers.map((power) => power / sum)
              : line.map((value) => value - most - Math.log(sum));
          }),
      };
      expect(await failedCases(op, kernels, "*largest-at*"), op).not.toEqual([]);
    }
  });
});

describe("layerNorm", () => {
  it.each([64, 256, 1024])("is noticed where the variance is in one pass above %i elements", async (extent) => {
    const layerNorm: KernelTable<HostArray>["layerNorm"] = (inputs, attrs, site) => {
      const { x, scale, offset } = inputs;
      if (x.shape[attrs.axis] <= extent || typeof correct.layerNorm !== "function") {
        return correct.layerNorm(inputs, attrs, site);
      }
      return eachLine(x, attrs.axis, (line) => {
        const mean = pairwise(line) / line.length;
        const square = pairwise(line.map((value) => value * value)) / line.length;
        const variance = Math.fround(Math.fround(square) - Math.fround(mean * mean));
        return line.map(
          (value, k) =>
            ((value - mean) / Math.sqrt(variance + attrs.epsilon)) * (scale?.data[k] ?? 1) + (offset?.data[k] ?? 0),
        );
      });
    };
    expect(await failedCases("layerNorm", { layerNorm }, "*mean-far-away-over*")).not.toEqual([]);
  });
});

describe("a function that is wrong by a thousandth", () => {
  const functions = ["tanh", "sigmoid", "silu", "gelu", "elu", "hardSwish"] as const;
  it.each([
    [0.62, 0.65],
    [1.5, 1.6],
    [2.9, 2.95],
  ])("is noticed between %f and %f", async (from, to) => {
    for (const op of functions) {
      const kernel = correct[op] as (inputs: { x: HostArray }, ...rest: readonly unknown[]) => HostArray;
      const bent = (inputs: { x: HostArray }, ...rest: readonly unknown[]): HostArray =>
        mapElements(kernel(inputs, ...rest), (y, k) => {
          const x = inputs.x.data[k];
          return x >= from && x < to ? y * 1.001 : y;
        });
      expect(await failedCases(op, { [op]: bent }), op).not.toEqual([]);
    }
  });
});

/** Sums in float32 with little error. */
function pairwise(values: Float32Array): number {
  if (values.length < 2) return values[0] ?? 0;
  const middle = values.length >> 1;
  return Math.fround(pairwise(values.subarray(0, middle)) + pairwise(values.subarray(middle)));
}

/** Computes each line along an axis from the line. */
function eachLine(x: HostArray, axis: number, f: (line: Float32Array) => Float32Array): HostArray {
  const y = zeros(x.shape);
  const extent = x.shape[axis];
  const step = x.shape.slice(axis + 1).reduce((product, each) => product * each, 1);
  for (let start = 0; start < x.data.length; start += extent * step) {
    for (let inner = 0; inner < step; inner += 1) {
      const at = (k: number): number => start + k * step + inner;
      const line = Float32Array.from({ length: extent }, (_, k) => x.data[at(k)]);
      for (const [k, value] of f(line).entries()) y.data[at(k)] = value;
    }
  }
  return y;
}
