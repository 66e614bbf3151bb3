import { checkOptions, IsoconvError, loadPeer, startWithin, type Backend, type Peer } from "@isoconv/core-spec";
import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import { tfjsBackend } from "../backend.js";
import { kernelRuntime, type Runtime } from "../runtime.js";
import { WEBGL_OPTIONS, type WebglBackendOptions } from "./options.js";
import { measureArithmetic } from "../gpu/measure-arithmetic.js";
import { restartable, type Session } from "../gpu/restartable.js";
import { startBackend, tfjsPeer, VERSION, type Tfjs } from "../library/tfjs.js";
import { contextOf, failureOf, refuseTexture, rendererOf } from "./webgl-errors.js";
import { acceptSoftware, withFlags } from "./webgl-flags.js";
import { lossWatch } from "./webgl-loss.js";
import { correctPrograms, type TfjsWebgl } from "./webgl-programs.js";

/** The parts of the backend; tests replace them. */
export interface WebglPeers {
  readonly core: Peer<Tfjs>;
  readonly webgl: Peer<TfjsWebgl>;
}

export const webglPeers: WebglPeers = {
  core: tfjsPeer,
  webgl: {
    name: "@tensorflow/tfjs-backend-webgl",
    version: VERSION,
    load: () => import("@tensorflow/tfjs-backend-webgl"),
    versionOf: (module) => module.version_webgl,
  },
};

interface Loaded {
  readonly tf: Tfjs;
  readonly webgl: TfjsWebgl;
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE`, `INVALID_ATTRIBUTE` for the options */
export async function loadWebgl(peers: WebglPeers, options: WebglBackendOptions): Promise<Loaded> {
  checkOptions(options, WEBGL_OPTIONS, { op: "createBackend" });
  return startWithin(options, { what: "WebGL" }, () => load(peers, options));
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE`, `INVALID_ATTRIBUTE` for the options */
export async function createWebglBackend(peers: WebglPeers, options: WebglBackendOptions): Promise<Backend> {
  checkOptions(options, WEBGL_OPTIONS, { op: "createBackend" });
  const limited = { what: "WebGL", discard: (late: Backend) => late.dispose() };
  return startWithin(options, limited, () => open(peers, options));
}

async function load(peers: WebglPeers, { software }: WebglBackendOptions): Promise<Loaded> {
  const tf = await loadPeer(peers.core, [peers.webgl]);
  const webgl = await loadPeer(peers.webgl);
  if (!tf.device_util.isBrowser()) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "WebGL needs a browser, and this host is not one",
      hint: "Under Node use @isoconv/backend-tfjs/webgpu, /node or /wasm",
    });
  }
  if (software === true) acceptSoftware(tf);
  if (tf.env().getNumber("WEBGL_VERSION") > 0) return { tf, webgl };
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: software === true ? "this browser has no WebGL" : "this browser has no WebGL on a GPU",
    hint:
      "Turn hardware acceleration on, see chrome://gpu or about:support; or use @isoconv/backend-tfjs/wasm" +
      (software === true ? "" : "; createBackend({ software: true }) accepts WebGL without a GPU"),
  });
}

async function open(peers: WebglPeers, options: WebglBackendOptions): Promise<Backend> {
  const loaded = await load(peers, options);
  const { tf } = loaded;
  const session = await openSession(loaded);
  const runtime = restartable(session, () => openSession(loaded));
  const extent = tf.env().getNumber("WEBGL_MAX_TEXTURE_SIZE");
  return tfjsBackend({
    id: "tfjs-webgl",
    capabilities: {
      runtime: { name: "TensorFlow.js", version: tf.version_core },
      device: "gpu",
      adapter: session.renderer,
      threads: 1,
      ...(await measureArithmetic(runtime)),
      convAlgorithm: "direct",
      // GLSL need not support NaN: https://registry.khronos.org/OpenGL/specs/es/3.0/GLSL_ES_Specification_3.00.pdf, 4.5.1
      nonFinite: "indeterminate",
      limits: { arrayBytes: 4 * extent ** 2 },
    },
    runtime,
  });
}

interface WebglSession extends Session {
  readonly renderer: string | undefined;
}

async function openSession({ tf, webgl }: Loaded): Promise<WebglSession> {
  const { registry } = tf.engine();
  const running = registry["webgl"];
  if (running !== undefined && isWebgl(running) && lossWatch(running).isLost()) {
    // Disposal also drops the programs compiled for the lost context, which would otherwise be reused.
    running.dispose();
    delete registry["webgl"];
  }
  const backend = await startBackend(tf, "webgl", async (factory) => factory());
  if (!isWebgl(backend)) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "the TensorFlow.js backend named webgl is not that of @tensorflow/tfjs-backend-webgl",
    });
  }
  const watch = lossWatch(backend);
  return {
    runtime: contextRuntime({ tf, webgl }, backend),
    renderer: rendererOf(backend),
    lost: () => (watch.isLost() ? new Error("the WebGL context was lost") : undefined),
  };
}

const FLAGS = {
  // Otherwise small operations would run in JavaScript, with another arithmetic.
  WEBGL_CPU_FORWARD: false,
  // The packed shader clips none of a texel's four elements if one of them is NaN.
  WEBGL_PACK_CLIP: false,
  // Shapes are arguments of a program, so one program serves all of them: compiling takes most of the time.
  WEBGL_USE_SHAPES_UNIFORMS: true,
};

function contextRuntime({ tf, webgl }: Loaded, backend: MathBackendWebGL): Runtime {
  const context = contextOf(backend);
  const runtime = kernelRuntime({
    backend: correctPrograms(tf, webgl, backend),
    kernel: (name) => tf.getKernel(name, "webgl"),
    isRunning: () => tf.engine().registry["webgl"] === backend,
    watch: (kernel) => [withFlags(tf, FLAGS, () => refuseTexture(kernel)), undefined],
    traits: {
      aliasesHostMemory: true,
      dilatedDepthwiseStrides: false,
      affineBatchNorm: false,
      maxPoolDropsNaN: false,
      reluPassesSubnormals: false,
      lrnSpreadsNaN: false,
    },
  });
  const watch = lossWatch(backend);
  const settle = async (): Promise<void> => {
    const failure = failureOf(context);
    if (failure !== undefined) throw failure;
  };
  return {
    ...runtime,
    async read(dataId) {
      const data = await watch.wait(runtime.read(dataId));
      await settle();
      return data;
    },
    settle,
  };
}

/** Recognised by its shape: copies of the package share one registry, so the class may belong to another copy. */
function isWebgl(backend: KernelBackend): backend is MathBackendWebGL {
  return "gpgpu" in backend && "texData" in backend;
}
