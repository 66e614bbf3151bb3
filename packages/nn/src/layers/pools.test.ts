import { runOracle } from "@isoconv/backend-reference";
import { elementCount, float32, uniform } from "@isoconv/core-spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { avgPool2d, maxPool2d, trace, type Module, type PoolOptions } from "../index.js";

type Size = readonly [height: number, width: number];

/** The number of rows (or columns) that one window covers without padding, and PyTorch's divisor. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly counted: number;
}

/** One axis of PyTorch's `avg_pool2d` (ATen/native/cpu/AvgPoolKernel.cpp), window by window. */
function spansOf(n: number, k: number, s: number, p: number, ceilMode: boolean): readonly Span[] {
  let count = Math.floor((n + 2 * p - k + (ceilMode ? s - 1 : 0)) / s) + 1;
  if (ceilMode && (count - 1) * s >= n + p) count -= 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const start = index * s - p;
    const end = Math.min(start + k, n + p);
    return { start: Math.max(start, 0), end: Math.min(end, n), counted: end - start };
  });
}

function poolByPytorch(
  x: Float32Array,
  [height, width]: Size,
  reduce: (values: readonly number[], counted: number) => number,
  { kernelSize, stride, padding, ceilMode }: Arguments,
): readonly number[] {
  const rows = spansOf(height, kernelSize[0], stride[0], padding[0], ceilMode);
  const columns = spansOf(width, kernelSize[1], stride[1], padding[1], ceilMode);
  return rows.flatMap((row) =>
    columns.map((column) => {
      const values: number[] = [];
      for (let i = row.start; i < row.end; i += 1)
        values.push(...x.slice(i * width + column.start, i * width + column.end));
      return reduce(values, row.counted * column.counted);
    }),
  );
}

interface Arguments extends PoolOptions {
  readonly kernelSize: Size;
  readonly stride: Size;
  readonly padding: Size;
  readonly ceilMode: boolean;
}

const axis = fc
  .record({
    n: fc.integer({ min: 1, max: 11 }),
    k: fc.integer({ min: 1, max: 5 }),
    s: fc.integer({ min: 1, max: 6 }),
    p: fc.integer({ min: 0, max: 2 }),
  })
  .filter(({ k, p }) => p <= Math.floor(k / 2));

const pools = fc
  .record({ rows: axis, columns: axis, ceilMode: fc.boolean() })
  .filter(({ rows, columns, ceilMode }) =>
    [rows, columns].every(({ n, k, s, p }) => spansOf(n, k, s, p, ceilMode).length > 0),
  )
  .map(({ rows, columns, ceilMode }) => ({
    size: [rows.n, columns.n] as const,
    options: {
      kernelSize: [rows.k, columns.k],
      stride: [rows.s, columns.s],
      padding: [rows.p, columns.p],
      ceilMode,
    } satisfies Arguments,
  }));

async function expectEqual(
  module: Module,
  size: Size,
  expected: (x: Float32Array) => readonly number[],
): Promise<void> {
  const shape = [1, 1, ...size];
  const { graph } = trace(module, { name: "pool", input: { shape } });
  const x = uniform(1, "x", elementCount(shape), -2, -1);
  const { logits } = await runOracle(graph, {}, { input: float32(shape, x) });
  const wanted = expected(x);
  expect(logits?.value).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries()) expect(logits?.value[index]).toBeCloseTo(value, 12);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("pools equal PyTorch's, window by window", () => {
  it("avgPool2d, padding counted", async () => {
    const property = fc.asyncProperty(pools, ({ size, options }) =>
      expectEqual(avgPool2d(options), size, (x) =>
        poolByPytorch(x, size, (values, counted) => sum(values) / counted, options),
      ),
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it("avgPool2d, padding not counted", async () => {
    const property = fc.asyncProperty(pools, ({ size, options }) =>
      expectEqual(avgPool2d({ ...options, countIncludePad: false }), size, (x) =>
        poolByPytorch(x, size, (values) => sum(values) / values.length, options),
      ),
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it("maxPool2d, where padding is never the maximum", async () => {
    const property = fc.asyncProperty(pools, ({ size, options }) =>
      expectEqual(maxPool2d(options), size, (x) => poolByPytorch(x, size, (values) => Math.max(...values), options)),
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it("counts the padding but not the overhang of ceil mode", async () => {
    // 4 elements, k 3, s 3, p 1: each window has one padded element, which counts.
    // 6 elements, k 3, s 2, ceil: the last window holds two elements and divides by two.
    await expectEqual(avgPool2d({ kernelSize: [1, 3], stride: [1, 3], padding: [0, 1] }), [1, 4], (x) => [
      (x[0] + x[1]) / 3,
      (x[2] + x[3]) / 3,
    ]);
    await expectEqual(avgPool2d({ kernelSize: [1, 3], stride: [1, 2], ceilMode: true }), [1, 6], (x) => [
      (x[0] + x[1] + x[2]) / 3,
      (x[2] + x[3] + x[4]) / 3,
      (x[4] + x[5]) / 2,
    ]);
  });

  it("adds no pad where padding is not counted", () => {
    const ops = (module: Module): readonly string[] =>
      trace(module, { name: "pool", input: { shape: ["N", 1, 6, 6] } }).graph.nodes.map(({ op }) => op);
    expect(ops(avgPool2d({ kernelSize: 3, ceilMode: true }))).toEqual(["avgPool2d"]);
    expect(ops(avgPool2d({ kernelSize: 3, padding: 1, countIncludePad: false }))).toEqual(["avgPool2d"]);
    expect(ops(avgPool2d({ kernelSize: 3, padding: 1 }))).toEqual(["pad2d", "avgPool2d"]);
  });
});
