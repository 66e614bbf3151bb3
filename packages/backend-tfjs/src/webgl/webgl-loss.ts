import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { contextOf } from "./webgl-errors.js";

/** What becomes of a backend's context. */
export interface LossWatch {
  /** Whether it was ever lost. Browsers restore a context, but not what was on it. */
  isLost(): boolean;
  /**
   * Waits for a result, but no longer than the context lives: TensorFlow.js itself waits for ever for what a lost context
   * was computing, and asks for it without a pause.
   */
  wait<T>(result: Promise<T>): Promise<T>;
}

/** One a backend: all that isoconv makes on it share the context. */
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

/** Drops what TensorFlow.js waits for; its types hide the list. */
function stopPolling(gpgpu: object): void {
  if ("itemsToPoll" in gpgpu && Array.isArray(gpgpu.itemsToPoll)) gpgpu.itemsToPoll.splice(0);
}
