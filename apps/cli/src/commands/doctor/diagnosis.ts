import { wasmFeatures, type BackendFinding, type GpuFinding, type WasmFeatures } from "@isoconv/inspect/doctor";
import type { Machine } from "../compare/comparison.js";
import { thisMachine } from "../../machine.js";
import { adviceFor, type Advice } from "./advice.js";
import { examineCuda, type CudaFinding } from "./cuda.js";
import { examineApart } from "./examine-apart.js";
import { examineTfjsNode, type BindingFinding } from "./tfjs-node.js";
import { examineVulkan, type VulkanFinding } from "./vulkan.js";

/** A backend whose process ended without a finding. */
export interface CrashedBackend {
  readonly backend: string;
  readonly available: false;
  readonly crashed: true;
  readonly reason: string;
  readonly cause: null;
}

/** The findings of `isoconv doctor`, without conclusions. */
export interface Found {
  readonly machine: Machine;
  readonly wasm: WasmFeatures;
  readonly backends: readonly (BackendFinding | CrashedBackend)[];
  readonly webgpu: GpuFinding;
  readonly vulkan: VulkanFinding;
  readonly cuda: CudaFinding;
  readonly tfjsNode: readonly BindingFinding[];
}

/** The findings of `isoconv doctor`, with its advice. */
export interface Diagnosis extends Found, Advice {}

export interface DiagnoseOptions {
  /** Ids, or paths of modules. */
  readonly backends: readonly string[];
  /** Those of them that were requested by name. */
  readonly asked: readonly string[];
  readonly threads: number | undefined;
  readonly onStep?: ((what: string) => void) | undefined;
}

/** Examines the backends, then the system, one after the other. Native code runs in separate processes. */
export async function diagnose({ backends: ids, asked, threads, onStep }: DiagnoseOptions): Promise<Diagnosis> {
  const backends: (BackendFinding | CrashedBackend)[] = [];
  for (const id of ids) {
    onStep?.(`examining ${id}`);
    const finding = await examineApart({ kind: "backend", id, threads: threads ?? null });
    backends.push(
      "crash" in finding
        ? { backend: id, available: false, crashed: true, reason: finding.crash, cause: null }
        : finding,
    );
  }
  onStep?.("looking for GPUs, drivers and libraries");
  const gpu = await examineApart({ kind: "dawn" });
  const found = {
    machine: thisMachine(),
    wasm: wasmFeatures(),
    backends,
    webgpu: "crash" in gpu ? ({ available: false, reason: gpu.crash } as const) : gpu,
    vulkan: await examineVulkan(),
    cuda: await examineCuda(),
    tfjsNode: examineTfjsNode(),
  };
  return { ...found, ...adviceFor(found, asked) };
}
