import {
  backendOptions,
  checkOptions,
  fromKernels,
  type Availability,
  type Backend,
  type BackendOptions,
  type Capabilities,
  type TensorStore,
} from "@isoconv/core-spec";
import type { OracleArray } from "./oracle-array.js";
import { oracleOps } from "./oracle-ops.js";
import { VERSION } from "./version.js";

/** The reference computes in float64 and rounds results to float32 once, so its arithmetic class is `f32`. */
export const capabilities: Omit<Capabilities, "ops"> = {
  runtime: { name: "isoconv reference", version: VERSION },
  device: "cpu",
  threads: 1,
  arithmetic: "f32",
  convAlgorithm: "direct",
  nonFinite: "ieee",
  subnormals: "kept",
};

/**
 * The oracle as a backend: every operation in float64, one after another, results rounded to float32 at the very end.
 * Graphs run as written; no pass is applied unless the caller asks for some.
 *
 * @param options ignored: plain JavaScript has one thread, and nothing is to be started
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export async function createBackend(options: BackendOptions = {}): Promise<Backend> {
  checkOptions(options, backendOptions, { op: "createBackend" });
  return fromKernels({ id: "reference", capabilities, table: oracleOps, store: float64Store(), passes: [] });
}

/** Always available: the reference needs only JavaScript. */
export async function isAvailable(): Promise<Availability> {
  return { available: true };
}

/** Values are plain arrays, so only what is uploaded is counted: parameters, and feeds while a run lasts. */
function float64Store(): TensorStore<OracleArray> {
  const uploaded = new Set<OracleArray>();
  return {
    upload: ({ shape, data }) => {
      const array: OracleArray = { shape, value: new Float64Array(data) };
      uploaded.add(array);
      return array;
    },
    download: async ({ value }, shape) => ({ dtype: "float32", shape, data: new Float32Array(value) }),
    release: (array) => void uploaded.delete(array),
    memory: () => ({
      buffers: uploaded.size,
      bytes: [...uploaded].reduce((sum, { value }) => sum + value.byteLength, 0),
    }),
  };
}
