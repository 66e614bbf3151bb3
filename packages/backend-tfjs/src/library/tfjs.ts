import { IsoconvError, type Peer } from "@isoconv/core-spec";
import type { KernelBackend } from "@tensorflow/tfjs-core";

export type Tfjs = typeof import("@tensorflow/tfjs-core");
type BackendFactory = () => KernelBackend | Promise<KernelBackend>;

/** The one release of TensorFlow.js this adapter knows: it calls kernels directly. */
export const VERSION = "4.22.0";

export const tfjsPeer: Peer<Tfjs> = {
  name: "@tensorflow/tfjs-core",
  version: VERSION,
  load: () => import("@tensorflow/tfjs-core"),
  versionOf: (tf) => tf.version_core,
};

/**
 * The backend of that name, created if it does not exist. It is created here and not by `tf.setBackend`: the program's
 * current backend stays, a failure is thrown and not printed, and the start does not wait for another backend's.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE`
 */
export async function startBackend(
  tf: Tfjs,
  name: string,
  create: (factory: BackendFactory) => Promise<KernelBackend>,
): Promise<KernelBackend> {
  const { registry } = tf.engine();
  const factory = tf.findBackendFactory(name);
  if (factory === null) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: `TensorFlow.js has no backend ${name}: the program removed it, or a bundler dropped the package's side effects`,
      hint: "Do not call tf.removeBackend; mark the @tensorflow packages as having side effects",
    });
  }
  const created = registry[name] ?? (await create(factory));
  // Other code may have started it meanwhile; kernels are set up for one instance only.
  const backend = (registry[name] ??= created);
  for (const { setupFunc } of tf.getKernelsForBackend(name)) setupFunc?.(backend);
  return backend;
}

/** Runs something without the greeting that it prints to the console. */
export function quietly(tf: Tfjs, work: () => void): void {
  const environment = tf.env();
  const production = environment.getBool("PROD");
  environment.set("PROD", true);
  try {
    work();
  } finally {
    environment.set("PROD", production);
  }
}
