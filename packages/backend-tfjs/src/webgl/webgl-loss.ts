import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { contextOf } from "./webgl-errors.js";

/** Watches a backend's context. */
export interface LossWatch {
  /** Whether the context was ever lost. Browsers restore a context, but not its contents. */
  isLost(): boolean;
  /**
   * Waits for a result, but not beyond the loss of the context. TensorFlow.js polls a lost context for ever, without a
   * pause.
   */
  wait<T>(result: Promise<T>): Promise<T>;
}

/** One per backend: all isoconv backends on it share the context. */
const watches = new WeakMap<MathBackendWebGL, LossWatch>();

export function lossWatch(backend: MathBackendWebGL): LossWatch {
  const watch = watches.get(backend) ?? watchLoss(backend);
  watches.set(backend, watch);
  return watch;
}

function watchLoss(backend: MathBackendWebGL): LossWatch {
  const context = contextOf(backend);
  const waiting = new Set<(reason: Error) => void>();
  let lost = false;
  context.canvas.addEventListener("webglcontextlost", () => {
    lost = true;
    stopPolling(backend.gpgpu);
    for (const reject of waiting) reject(new Error("the WebGL context was lost"));
  });
  return {
    isLost: () => lost || context.isContextLost(),
    async wait(result) {
      let give: (reason: Error) => void = () => {};
      const loss = new Promise<never>((_resolve, reject) => (give = reject));
      waiting.add(give);
      try {
        return await Promise.race([result, loss]);
      } finally {
        waiting.delete(give);
      }
    },
  };
}

/** Empties the list of items that TensorFlow.js polls; its types hide the list. */
function stopPolling(gpgpu: object): void {
  if ("itemsToPoll" in gpgpu && Array.isArray(gpgpu.itemsToPoll)) gpgpu.itemsToPoll.splice(0);
}
