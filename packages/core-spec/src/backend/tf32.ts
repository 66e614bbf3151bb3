import { IsoconvError } from "../error.js";
import type { Backend } from "./backend.js";
import { roundedProduct } from "./rounded-products.js";

/** The arithmetic that a caller may request of a CUDA backend. */
export type CudaArithmetic = "f32" | "tf32";

/** NVIDIA's libraries read this variable when they are loaded; `0` keeps TF32 off regardless of other settings. */
const VARIABLE = "NVIDIA_TF32_OVERRIDE";

/** The variables of a process. */
type Environment = Record<string, string | undefined>;

const REQUIRED: Readonly<Record<CudaArithmetic, string>> = { f32: "0 or unset", tf32: "unset" };

/** The arithmetic that a backend of this process already uses. */
let settled: CudaArithmetic | undefined;
/** Whether this module set the variable, not the program. */
let isOurs = false;

/**
 * Prepares the process for one arithmetic, before NVIDIA's libraries are loaded. The switch is NVIDIA's own variable of
 * the environment: ONNX Runtime's `use_tf32` is not passed on by its binding for Node, and TensorFlow's switch is not
 * part of its C API.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the process already uses the other arithmetic
 */
export function prepareTf32(wanted: CudaArithmetic, environment: Environment): void {
  const chosen = settled ?? (isOurs ? undefined : arithmeticIn(environment)) ?? wanted;
  if (chosen !== wanted) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      path: "options.arithmetic",
      what: "NVIDIA's libraries compute in another arithmetic in this process",
      expected: chosen,
      received: wanted,
      hint: `Ask every CUDA backend of a process for the same; ${VARIABLE} must be ${REQUIRED[wanted]}`,
    });
  }
  if (wanted === "f32" && environment[VARIABLE] === undefined) {
    environment[VARIABLE] = "0";
    isOurs = true;
  } else if (wanted === "tf32" && isOurs) {
    delete environment[VARIABLE];
    isOurs = false;
  }
}

/** Records that the libraries are loaded: from now on the process has one arithmetic. */
export function settleTf32(arithmetic: CudaArithmetic): void {
  settled = arithmetic;
}

/** What the environment settles. Anything but 0 lets TF32 on. */
function arithmeticIn(environment: Environment): CudaArithmetic | undefined {
  const value = environment[VARIABLE];
  return value === undefined ? undefined : value === "0" ? "f32" : "tf32";
}

/**
 * Multiplies numbers that TF32 would round: the variable does not reach the libraries from a worker's thread, nor where
 * other code has loaded them before.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when products come back rounded
 */
export async function checkFullPrecision(backend: Backend): Promise<void> {
  const rounded = await roundedProduct(backend);
  if (rounded === undefined) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `NVIDIA's libraries round what they multiply (${rounded.op})`,
    expected: String(rounded.expected),
    received: rounded.received,
    hint: `They were loaded before this backend was created: start the process with ${VARIABLE}=0, or ask for arithmetic: "tf32" in a process of its own`,
  });
}
