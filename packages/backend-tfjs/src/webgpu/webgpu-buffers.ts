/** The part of TensorFlow.js's buffer manager that its types hide. */
interface Pool {
  readonly freeBuffers: Map<string, GPUBuffer[]>;
}

/** Destroys the buffers that are kept for reuse. */
export function discardBuffers(manager: object): void {
  if (!isPool(manager)) return;
  for (const buffers of manager.freeBuffers.values()) {
    for (const buffer of buffers.splice(0)) buffer.destroy();
  }
}

function isPool(manager: object): manager is Pool {
  return "freeBuffers" in manager && manager.freeBuffers instanceof Map;
}
