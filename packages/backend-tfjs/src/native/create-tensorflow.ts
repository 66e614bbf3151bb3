import { availableParallelism } from "node:os";
import { env } from "node:process";
import {
  IsoconvError,
  loadPeer,
  nativeNotes,
  peerUnavailable,
  type ArithmeticClass,
  type Backend,
  type Peer,
} from "@isoconv/core-spec";
import { tfjsBackend } from "../backend.js";
import type { TensorFlowBinding } from "./binding.js";
import { tensorflowRuntime } from "./runtime.js";
import { tfjsPeer, VERSION, type Tfjs } from "../library/tfjs.js";

/** One of the two packages that bind TensorFlow's C library. */
export interface TensorflowPeers {
  readonly core: Peer<Tfjs>;
  readonly binding: Peer<unknown>;
}

/**
 * Imported by a name that bundlers do not follow: the packages contain native code, and neither is installed with this
 * one.
 */
export function tensorflowPeers(name: "@tensorflow/tfjs-node" | "@tensorflow/tfjs-node-gpu"): TensorflowPeers {
  return { core: tfjsPeer, binding: { name, version: VERSION, load: () => import(name), versionOf } };
}

/**
 * Imports a package, which loads TensorFlow and makes it TensorFlow.js's current backend; the program's current backend
 * is restored afterwards.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing, of another version or was installed without
 *   its native parts, or when the other package is loaded
 */
export async function loadTensorflow(peers: TensorflowPeers): Promise<TensorFlowBinding> {
  const { name } = peers.binding;
  const tf = await loadPeer(peers.core, [peers.binding]);
  const before = tf.engine().backendName;
  refuseOther(tf, name);
  const module = await peers.binding.load().catch(refuse(name));
  await loadPeer({ ...peers.binding, load: async () => module });
  if (before !== undefined && before !== tf.engine().backendName) await tf.setBackend(before);
  const backend: unknown = tf.findBackend("tensorflow");
  if (typeof backend === "object" && backend !== null && "binding" in backend && isBinding(backend.binding)) {
    return backend.binding;
  }
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `${name} registered no backend tensorflow with this copy of TensorFlow.js`,
    hint: `Install @tensorflow/tfjs-core@${VERSION} and ${name}@${VERSION} side by side`,
  });
}

export interface TensorflowBackendParts {
  readonly id: string;
  readonly binding: TensorFlowBinding;
  readonly arithmetic: ArithmeticClass;
  readonly convAlgorithm: "direct" | "fast";
}

export function createTensorflowBackend({ id, binding, ...numerics }: TensorflowBackendParts): Backend {
  return tfjsBackend({
    id,
    capabilities: {
      runtime: { name: "TensorFlow", version: binding.TF_Version },
      device: binding.isUsingGpuDevice() ? "gpu" : "cpu",
      threads: Number(env["TF_NUM_INTRAOP_THREADS"]) || availableParallelism(),
      nonFinite: "ieee",
      // TensorFlow's threads flush denormals to zero.
      subnormals: "flushed",
      notes: nativeNotes(),
      ...numerics,
    },
    runtime: tensorflowRuntime(binding),
  });
}

/**
 * Both packages register the same kernels for a backend of the same name, so the second would be ignored, with 170
 * warnings.
 */
function refuseOther(tf: Tfjs, name: string): void {
  const backend: unknown = tf.findBackendFactory("tensorflow") === null ? undefined : tf.findBackend("tensorflow");
  if (typeof backend !== "object" || backend === null || !("isGPUPackage" in backend)) return;
  const loaded = backend.isGPUPackage === true ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node";
  if (loaded === name) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `a program can load one package that binds TensorFlow`,
    expected: name,
    received: `${loaded}, loaded before`,
    hint: `Use ${name} in a program, or a worker process, of its own`,
  });
}

/** `npm install` succeeds even if the native parts could not be downloaded. */
function refuse(name: string): (cause: unknown) => Promise<never> {
  return async (cause) => {
    const rebuild = `npm rebuild ${name} --build-addon-from-source`;
    throw await peerUnavailable({ name, version: VERSION, rebuild }, cause);
  };
}

function versionOf(module: unknown): string {
  const { version } = { version: undefined, ...(typeof module === "object" ? module : {}) };
  return String({ "tfjs-node": undefined, ...(typeof version === "object" ? version : {}) }["tfjs-node"]);
}

function isBinding(value: unknown): value is TensorFlowBinding {
  return typeof value === "object" && value !== null && "executeOp" in value && "TF_Version" in value;
}
