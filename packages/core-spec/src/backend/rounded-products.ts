import { graphBuilder } from "../graph/builder.js";
import { float32 } from "../tensor.js";
import type { Backend } from "./backend.js";

/** Large enough that GPUs use their TF32 matrix units, where a program allows these. */
const CHANNELS = 64;
const EXTENT = 8;
/** TF32 keeps 11 significant bits, so it rounds this number to 1. */
const NEEDS_13_BITS = 1 + 2 ** -12;

/** A product that was rounded. */
export interface RoundedProduct {
  readonly op: "conv2d" | "linear";
  readonly expected: number;
  readonly received: number;
}

/**
 * Multiplies by the identity matrix, in a convolution and in a linear layer, numbers that TF32 and half precision would
 * round. Returns the first product that differs, or `undefined` if none does.
 *
 * @throws IsoconvError whatever the backend throws
 */
export async function roundedProduct(backend: Backend): Promise<RoundedProduct | undefined> {
  const g = graphBuilder("rounded-products");
  const x = g.input("x", [1, CHANNELS, EXTENT, EXTENT]);
  const rows = g.reshape({ x }, { shape: [CHANNELS, CHANNELS] });
  const conv2d = g.conv2d({ x, w: g.parameter("w", [CHANNELS, CHANNELS, 1, 1]) });
  const linear = g.linear({ x: rows, w: g.parameter("v", [CHANNELS, CHANNELS]) });
  const identity = Float32Array.from({ length: CHANNELS ** 2 }, (_, k) => (k % (CHANNELS + 1) === 0 ? 1 : 0));
  const executable = await backend.compile(g.build({ conv2d, linear }), {
    w: float32([CHANNELS, CHANNELS, 1, 1], identity),
    v: float32([CHANNELS, CHANNELS], identity),
  });
  try {
    const values = new Float32Array(CHANNELS * EXTENT ** 2).fill(NEEDS_13_BITS);
    const results = await executable.run({ x: float32([1, CHANNELS, EXTENT, EXTENT], values) });
    for (const op of ["conv2d", "linear"] as const) {
      const received = results[op]?.data.find((value) => value !== NEEDS_13_BITS);
      if (received !== undefined) return { op, expected: NEEDS_13_BITS, received };
    }
    return undefined;
  } finally {
    await executable.dispose();
  }
}
