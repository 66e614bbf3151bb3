import { backendOptions, optionChecks, type BackendOptions, type KnownOptions } from "@isoconv/core-spec";

/** How to choose the GPU. `threads` is ignored. */
export interface WebgpuBackendOptions extends BackendOptions {
  /** Of a machine with two; the fast one by default. */
  readonly powerPreference?: "low-power" | "high-performance" | undefined;
}

export const WEBGPU_OPTIONS: KnownOptions<WebgpuBackendOptions> = {
  known: { ...backendOptions.known, powerPreference: optionChecks.oneOf(["low-power", "high-performance"]) },
};
