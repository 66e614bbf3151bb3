import type { GpuLike } from "@isoconv/inspect/doctor";

/** Typed as string, so that the compiler does not resolve the optional package. */
const PACKAGE: string = "webgpu";

/** WebGPU in Node from the npm package `webgpu` (Dawn), or the reason why it is unavailable. */
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
  if (typeof create !== "function") return { reason: "webgpu (Dawn) has an unknown version: it has no create" };
  try {
    const gpu: unknown = create([]);
    return isGpu(gpu) ? gpu : { reason: "webgpu (Dawn) has an unknown version: create does not return a GPU" };
  } catch (error) {
    return { reason: `webgpu (Dawn) does not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isGpu(value: unknown): value is GpuLike {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "requestAdapter") === "function";
}
