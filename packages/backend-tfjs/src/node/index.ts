import {
  availabilityOf,
  backendOptions,
  checkOptions,
  startWithin,
  type Availability,
  type Backend,
  type BackendOptions,
} from "@isoconv/core-spec";
import { createTensorflowBackend, loadTensorflow, tensorflowPeers } from "../native/create-tensorflow.js";

const peers = tensorflowPeers("@tensorflow/tfjs-node");

/**
 * TensorFlow's C library on the processor, `tfjs-node`. Node only.
 *
 * @param options `threads` is ignored: TensorFlow takes their number from the variable `TF_NUM_INTRAOP_THREADS`
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing, of another version or was installed without
 *   its native parts, `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export async function createBackend(options: BackendOptions = {}): Promise<Backend> {
  checkOptions(options, backendOptions, { op: "createBackend" });
  const binding = await startWithin(options, { what: "TensorFlow" }, () => loadTensorflow(peers));
  return createTensorflowBackend({ id: "tfjs-node", binding, arithmetic: "f32", convAlgorithm: "direct" });
}

/** Whether `createBackend` can succeed here, and if not, why and what to install. */
export async function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadTensorflow(peers));
}
