/** How to choose the GPU. */
export interface WebgpuBackendOptions {
  /** Of a machine with two; the fast one by default. */
  readonly powerPreference?: "low-power" | "high-performance" | undefined;
}
