import type { GpuLike } from "@isoconv/inspect/doctor";

/** Optional, so no name that the compiler would look for. */
const PACKAGE: string = "webgpu";

/** WebGPU in Node by the npm package `webgpu`, Dawn; or why not. */
export async function dawn(): Promise<GpuLike | { readonly reason: string }> {
  let module: unknown;
  try {
    module = await import(PACKAGE);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const missing = reason.includes(`'${PACKAGE}'`);
    return { reason: missing ? "webgpu (Dawn) is not installed. Run: npm install webgpu@0.6.2" : reason };
  }
  const create: unknown = typeof module === "object" && module !== null ? Reflect.get(module, "create") : undefined;
  if (typeof create !== "function") return { reason: "webgpu (Dawn) of another version: it has no create" };
  try {
    const gpu: unknown = create([]);
    return isGpu(gpu) ? gpu : { reason: "webgpu (Dawn) of another version: what it creates is no GPU" };
  } catch (error) {
    return { reason: `webgpu (Dawn) does not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isGpu(value: unknown): value is GpuLike {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "requestAdapter") === "function";
}
