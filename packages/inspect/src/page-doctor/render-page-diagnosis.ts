import { isAsDeclared } from "../doctor/examine-backend.js";
import type { GpuFinding } from "../doctor/describe-gpu.js";
import type { PageBackendFinding, PageDiagnosis } from "./doctor.js";
import type { Isolation } from "./isolation.js";
import type { WebGlFinding } from "./webgl.js";

/** Formats a diagnosis as lines of text. */
export function renderPageDiagnosis(diagnosis: PageDiagnosis): string {
  const { browser, cores, isolation, wasm, webgpu, webgl, backends, advice } = diagnosis;
  const yes = (has: boolean): string => (has ? "yes" : "no");
  return [
    `${browser}, ${cores} cores`,
    `WebAssembly: SIMD ${yes(wasm.simd)}, relaxed SIMD ${yes(wasm.relaxedSimd)}, threads ${yes(wasm.threads)}`,
    `cross-origin isolated: ${yes(isolation.crossOriginIsolated)}${headersText(isolation)}`,
    `WebGPU: ${gpuText(webgpu)}`,
    `WebGL: ${glText(webgl)}`,
    ...backends.map(backendText),
    ...(advice.length === 0 ? [] : ["What to do:", ...advice.map((line) => `- ${line}`)]),
  ].join("\n");
}

function headersText({ openerPolicy, embedderPolicy, unknown }: Isolation): string {
  if (unknown !== null) return ` (${unknown})`;
  return ` (opener policy ${openerPolicy ?? "not sent"}, embedder policy ${embedderPolicy ?? "not sent"})`;
}

function gpuText(gpu: GpuFinding): string {
  if (!gpu.available) return gpu.reason;
  const name = [gpu.vendor, gpu.architecture, gpu.device, gpu.description].filter((part) => part !== "").join(" ");
  const limit = (what: string): string => `${what} ${gpu.limits[what] ?? "unknown"}`;
  const limits = [
    "maxBufferSize",
    "maxStorageBufferBindingSize",
    "maxStorageBuffersPerShaderStage",
    "maxComputeInvocationsPerWorkgroup",
  ].map(limit);
  return `${name}${gpu.isFallback ? " (software)" : ""}: ${limits.join(", ")}`;
}

function glText(gl: WebGlFinding): string {
  if (!gl.available) return gl.reason;
  const precision = `${gl.mantissaBits} bits of mantissa, ${gl.rendersFloat32 ? "float32" : "float16"} results`;
  return `${gl.renderer}${gl.isSoftware ? " (software)" : ""}: textures of up to ${gl.maxTextureSize}, ${precision}`;
}

function backendText(finding: PageBackendFinding): string {
  if (!finding.available) return `${finding.backend}: cannot run here`;
  const { runtime, threads, workers, arithmetic } = finding;
  const declared = isAsDeclared(finding) ? "as declared" : "not as declared";
  return [
    `${finding.backend}: ${runtime.name} ${runtime.version}`,
    `${threads.reported} threads (${workers.started} workers started)`,
    `arithmetic ${arithmetic ?? "of no known class"}, ${declared}`,
  ].join(", ");
}
