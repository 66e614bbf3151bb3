import type { ExecutionProvider } from "./ort.js";

/** What the sessions of a backend compute on. */
export interface Provider {
  /** An entry of a session's `executionProviders`. */
  readonly config: ExecutionProvider;
  /** Why the device is gone, once it is; a provider without one does not lose it. */
  readonly loss?: () => Error | undefined;
}

/** A provider that needs no device of its own. */
export function lasting(config: ExecutionProvider): () => Promise<Provider> {
  return () => Promise.resolve({ config });
}

/** Without it a session would compute on the CPU whatever the provider has no kernel for, and say nothing. */
export const WITHOUT_CPU = { disable_cpu_ep_fallback: "1" };
