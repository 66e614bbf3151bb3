import type { ArithmeticClass, Capabilities } from "@isoconv/core-spec";
import { Device } from "../device.js";
import type { Runtime } from "../runtime.js";
import { plain } from "../value.js";

export type Arithmetic = Pick<Capabilities, "arithmetic" | "subnormals">;

/** A 1×1 convolution by 1 returns this number unchanged on hardware of class f32. */
const PRECISE = 1 + 2 ** -12;
/** ∞ if values are stored as float16. */
const WIDE = 2 ** 17;
/** A subnormal: 0 if subnormals are flushed. */
const TINY = 2 ** -130;
/** a² − b = 2⁻¹², lost if products keep 11 bits. */
const [A, B] = [1 + 2 ** -6, 1 + 2 ** -5];

/** Measures the arithmetic of convolutions on a device whose class is not known. */
export async function measureArithmetic(runtime: Runtime): Promise<Arithmetic> {
  const device = new Device(runtime);
  const [precise, wide, tiny] = await convolve(device, [[PRECISE], [WIDE], [TINY]], [1]);
  const [cancelled] = await convolve(device, [[A, -1]], [A, B]);
  return {
    arithmetic: classOf({ precise: precise === PRECISE, wide: wide === WIDE, cancels: cancelled === 2 ** -12 }),
    subnormals: tiny === TINY ? "kept" : "flushed",
  };
}

interface Findings {
  readonly precise: boolean;
  readonly wide: boolean;
  readonly cancels: boolean;
}

function classOf({ precise, wide, cancels }: Findings): ArithmeticClass {
  if (precise && wide) return "f32";
  if (wide) return "tf32";
  return cancels ? "f16-storage" : "f16";
}

/** One dot product per pixel. */
async function convolve(device: Device, pixels: readonly (readonly number[])[], weights: number[]): Promise<number[]> {
  const channels = weights.length;
  const result = device.scope(() => {
    const x = device.upload(Float32Array.from(pixels.flat()), [1, 1, pixels.length, channels]);
    const filter = device.upload(Float32Array.from(weights), [1, 1, channels, 1]);
    const attrs = {
      strides: [1, 1],
      pad: "valid",
      dilations: [1, 1],
      dataFormat: "NHWC",
      dimRoundingMode: "floor",
      activation: "linear",
    };
    return plain(device.run("FusedConv2D", { x, filter, bias: undefined }, attrs));
  });
  try {
    const [array] = result.arrays;
    return [...(await device.runtime.read(array.dataId))];
  } finally {
    device.release(result);
  }
}
