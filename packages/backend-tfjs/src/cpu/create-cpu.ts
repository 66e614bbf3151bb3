import { loadPeer, type Backend, type Peer } from "@isoconv/core-spec";
import { tfjsBackend } from "../backend.js";
import { kernelRuntime } from "../runtime.js";
import { quietly, startBackend, tfjsPeer, VERSION, type Tfjs } from "../library/tfjs.js";
import { cpuKernel } from "./kernels.js";

/** The parts of the backend; tests replace them. */
export interface CpuPeers {
  readonly core: Peer<Tfjs>;
  readonly cpu: Peer<typeof import("@tensorflow/tfjs-backend-cpu")>;
  /** The kernels that replace TensorFlow.js's. */
  readonly ownKernel: typeof cpuKernel;
}

export const cpuPeers: CpuPeers = {
  core: tfjsPeer,
  cpu: {
    name: "@tensorflow/tfjs-backend-cpu",
    version: VERSION,
    load: () => import("@tensorflow/tfjs-backend-cpu"),
    versionOf: (module) => module.version_cpu,
  },
  ownKernel: cpuKernel,
};

/** @throws IsoconvError `BACKEND_UNAVAILABLE` */
export async function loadCpu({ core, cpu }: CpuPeers): Promise<Tfjs> {
  const tf = await loadPeer(core, [cpu]);
  await loadPeer(cpu);
  return tf;
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE` */
export async function createCpuBackend(peers: CpuPeers): Promise<Backend> {
  const tf = await loadCpu(peers);
  const backend = await startBackend(tf, "cpu", async (factory) => factory());
  // On its first write TensorFlow.js recommends tfjs-node on the console.
  quietly(tf, () => backend.disposeData(backend.write(new Float32Array(1), [1], "float32")));
  return tfjsBackend({
    id: "tfjs-cpu",
    capabilities: {
      runtime: { name: "TensorFlow.js", version: tf.version_core },
      device: "cpu",
      threads: 1,
      arithmetic: "f32",
      convAlgorithm: "direct",
      nonFinite: "ieee",
      subnormals: "kept",
    },
    runtime: kernelRuntime({
      backend,
      kernel: (name) => peers.ownKernel(backend, name) ?? tf.getKernel(name, "cpu"),
      isRunning: () => tf.engine().registry["cpu"] === backend,
      traits: {
        aliasesHostMemory: true,
        dilatedDepthwiseStrides: false,
        affineBatchNorm: false,
        maxPoolDropsNaN: true,
        reluPassesSubnormals: false,
        lrnSpreadsNaN: false,
      },
    }),
  });
}
