import type { ExecutionProvider } from "./ort.js";

/** The execution provider of a backend's sessions. */
export interface Provider {
  /** An entry of a session's `executionProviders`. */
  readonly config: ExecutionProvider;
  /** The reason why the device was lost, once it is; absent for providers that do not lose it. */
  readonly loss?: () => Error | undefined;
}

/** A provider that needs no device. */
export function lasting(config: ExecutionProvider): () => Promise<Provider> {
  return () => Promise.resolve({ config });
}

/** Without this entry a session silently runs operations that the provider lacks on the CPU. */
export const WITHOUT_CPU = { disable_cpu_ep_fallback: "1" };
