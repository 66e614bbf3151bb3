import { storesHalf } from "@isoconv/judge";
import { float32, graphBuilder, type Backend } from "@isoconv/core-spec";
import { INPUTS, type Measured } from "./classify.js";
import { dot, runProbe } from "./probe-network.js";

export async function measureInputs(backend: Backend): Promise<Measured["inputs"]> {
  const once = (x: number): Promise<number> => dot(backend, [x], [1]);
  return [await once(INPUTS[0]), await once(INPUTS[1]), await once(INPUTS[2]), await once(INPUTS[3])];
}

export function measureRange(backend: Backend): Promise<number> {
  return dot(backend, [2 ** 17], [1]);
}

const ONES: readonly number[] = Array.from({ length: 4096 }, () => 1);
const A = 1 + 2 ** -6;
const B = 1 + 2 ** -5;
/** Squares and terms that nearly cancel them, in mixed order, so that a short accumulator is wrong in any order of summation. */
const [LEFT, RIGHT]: readonly [readonly number[], readonly number[]] = [
  [A, -B, -B, A, A, -B, -B, A, A, A, -B, -B, -B, -B, A, A],
  [A, 1, 1, A, A, 1, 1, A, A, A, 1, 1, 1, 1, A, A],
];

export async function measureAccumulator(backend: Backend): Promise<Pick<Measured, "ones" | "cancellation">> {
  return { ones: await dot(backend, ONES, ONES), cancellation: await dot(backend, LEFT, RIGHT) };
}

export async function measureArithmetic(backend: Backend): Promise<Measured> {
  return {
    inputs: await measureInputs(backend),
    range: await measureRange(backend),
    ...(await measureAccumulator(backend)),
  };
}

/** Exponents of subnormal numbers of float32, and of half precision if values are stored so. */
const SUBNORMAL_EXPONENT = { single: -130, half: -20 } as const;

/** Results for a subnormal input, a subnormal weight, and a subnormal product of normal numbers. */
export async function measureSubnormals(
  backend: Backend,
): Promise<{ readonly exponent: number; readonly results: readonly number[] }> {
  const exponent = SUBNORMAL_EXPONENT[storesHalf(backend.capabilities.arithmetic) ? "half" : "single"];
  const root = 2 ** (exponent / 2);
  const results = [
    await dot(backend, [2 ** exponent], [1]),
    await dot(backend, [1], [2 ** exponent]),
    await dot(backend, [root], [root]),
  ];
  return { exponent, results };
}

/** Whether a backend keeps NaN and ∞, for each operation on them. */
export async function measureNonFinite(backend: Backend): Promise<Readonly<Record<string, boolean>>> {
  const results: Record<string, boolean> = { "0·∞ in conv2d": Number.isNaN(await dot(backend, [Infinity], [0])) };
  results["NaN through conv2d"] = Number.isNaN(await dot(backend, [Number.NaN, 1], [1, 1]));
  results["∞ through conv2d"] = (await dot(backend, [Infinity, 1], [1, 1])) === Infinity;
  results["NaN through relu"] = await keepsNan(backend, "relu", 0);
  for (const position of [0, 1, 2, 3]) {
    const where = `NaN at ${position + 1} of 4 through maxPool2d`;
    results[where] = await keepsNan(backend, "maxPool2d", position);
  }
  return results;
}

async function keepsNan(backend: Backend, op: "relu" | "maxPool2d", position: number): Promise<boolean> {
  const g = graphBuilder(`probe-${op}`);
  const x = g.input("x", ["N", 1, 2, 2]);
  const y = op === "relu" ? g.relu({ x }) : g.maxPool2d({ x }, { kernel: [2, 2], strides: [2, 2] });
  const data = Float32Array.of(1, -2, 3, -4);
  data[position] = Number.NaN;
  const result = await runProbe(backend, {
    graph: g.build({ y }),
    parameters: {},
    feeds: { x: float32([1, 1, 2, 2], data) },
  });
  return Number.isNaN(result.data[op === "relu" ? position : 0]);
}
