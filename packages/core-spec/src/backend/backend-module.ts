import { optionChecks } from "../option-checks.js";
import type { KnownOptions } from "../options.js";
import { integer } from "../scalar-attributes.js";
import type { Availability, Backend } from "./backend.js";

/** What every backend's `createBackend` takes. A backend that has no use for an option ignores it, and says so. */
export interface BackendOptions {
  /** Threads to compute with, an integer ≥ 1; the runtime's own default if left out. */
  readonly threads?: number | undefined;
  /**
   * How long the start may go without a sign of progress, such as bytes that arrive, in milliseconds: 60,000 by default.
   * `Infinity` waits for ever. After it the start fails with `BACKEND_UNAVAILABLE`, and says how far it came.
   */
  readonly startTimeout?: number | undefined;
}

/** The options that every backend of this repository accepts: spread `known` and add the backend's own. */
export const backendOptions: KnownOptions<BackendOptions> = {
  known: {
    threads: integer({ min: 1, max: 1024 }),
    startTimeout: optionChecks.milliseconds,
  },
};

/** What a module that brings a backend exports: every subpath of an adapter, and a module that a user writes. */
export interface BackendModule {
  readonly createBackend: (options?: BackendOptions) => Promise<Backend>;
  readonly isAvailable?: () => Promise<Availability>;
}

/** Imports a backend's module, and with it its runtime, only when its turn comes. */
export type LoadBackend = () => Promise<BackendModule>;
