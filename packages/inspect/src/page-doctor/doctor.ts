/// <reference lib="dom" preserve="true" />
import { checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { describeGpu, type GpuFinding } from "../doctor/describe-gpu.js";
import { examineBackend, isAsDeclared, type BackendFinding } from "../doctor/examine-backend.js";
import { wasmFeatures, type WasmFeatures } from "../doctor/wasm-features.js";
import type { PageBackend } from "@isoconv/conformance/browser";
import { pageIsolation, type Isolation } from "./isolation.js";
import { checkWasmFile, requestedWasmFiles, type WasmFile } from "./wasm-files.js";
import { watchWorkers, type WorkersFinding } from "./watch-workers.js";
import { examineWebGl, type WebGlFinding } from "./webgl.js";

export interface PageDoctorOptions {
  readonly backends: readonly Pick<PageBackend, "id" | "create">[];
  /** Addresses to check in addition to those that the backends request. */
  readonly wasmFiles?: readonly string[] | undefined;
  /**
   * The time in milliseconds after which a backend that has not started and answered is given up; 60,000 by default.
   */
  readonly timeLimit?: number | undefined;
}

const OPTIONS: KnownOptions<PageDoctorOptions> = {
  known: { backends: optionChecks.list, wasmFiles: optionChecks.texts, timeLimit: optionChecks.milliseconds },
};

/** A backend in a page. */
export type PageBackendFinding = BackendFinding & {
  /**
   * Workers started while the backend was examined: the threads that a runtime really has, in addition to the page's
   * own.
   */
  readonly workers: WorkersFinding;
  /** The WebAssembly files that it requested. */
  readonly wasmFiles: readonly WasmFile[];
};

/** The findings of `doctor` in a page. */
export interface PageDiagnosis {
  readonly browser: string;
  readonly cores: number;
  readonly isolation: Isolation;
  readonly wasm: WasmFeatures;
  readonly webgpu: GpuFinding;
  readonly webgl: WebGlFinding;
  readonly backends: readonly PageBackendFinding[];
  /** Those given as options. */
  readonly wasmFiles: readonly WasmFile[];
  /** What to do, most helpful first. */
  readonly advice: readonly string[];
}

/** Entries of resource timing to keep: by default a page keeps 250 and drops later ones. */
const RESOURCE_ENTRIES = 10_000;

/**
 * Examines the page, the GPU, and one backend after another. A backend that cannot run is a finding, not an error.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option
 */
export async function doctor(options: PageDoctorOptions): Promise<PageDiagnosis> {
  checkOptions(options, OPTIONS, { op: "doctor" });
  const { backends, wasmFiles = [], timeLimit } = options;
  performance.setResourceTimingBufferSize(RESOURCE_ENTRIES);
  const findings: PageBackendFinding[] = [];
  for (const backend of backends) findings.push(await examineInPage(backend, timeLimit));
  const found = {
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    isolation: await pageIsolation(),
    wasm: wasmFeatures(),
    webgpu: await examineWebGpu(),
    webgl: examineWebGl(),
    backends: findings,
    wasmFiles: await Promise.all(wasmFiles.map(checkWasmFile)),
  };
  return { ...found, advice: adviceFor(found) };
}

async function examineInPage(
  backend: Pick<PageBackend, "id" | "create">,
  timeLimit: number | undefined,
): Promise<PageBackendFinding> {
  const [examined, workers] = await watchWorkers(async () => {
    const start = performance.now();
    const finding = await examineBackend(backend, { timeLimit });
    return { finding, asked: requestedWasmFiles(start) };
  });
  return { ...examined.finding, workers, wasmFiles: await Promise.all(examined.asked.map(checkWasmFile)) };
}

async function examineWebGpu(): Promise<GpuFinding> {
  if ("gpu" in navigator) return describeGpu(navigator.gpu);
  const reason = globalThis.isSecureContext
    ? "the browser has no WebGPU, or it is turned off"
    : "WebGPU needs a secure context: serve the page by https, or from localhost";
  return { available: false, reason };
}

function adviceFor({ isolation, backends, wasmFiles, wasm }: Omit<PageDiagnosis, "advice">): readonly string[] {
  const advice = [...wasmFiles, ...backends.flatMap((backend) => backend.wasmFiles)].flatMap(adviceOnFile);
  for (const finding of backends) {
    if (!finding.available) {
      const causes = [...(finding.cause === null ? [] : [finding.cause]), ...finding.workers.errors.map(ofWorker)];
      advice.push(`${finding.backend}: ${finding.reason}${causes.length === 0 ? "" : ` (${causes.join("; ")})`}`);
    } else if (!isAsDeclared(finding)) {
      advice.push(`${finding.backend} is not what it declares: run the conformance suite on it`);
    }
  }
  if (!isolation.crossOriginIsolated && wasm.available) advice.push(...isolationAdvice(isolation));
  return advice;
}

function ofWorker(message: string): string {
  return `a worker of it failed: ${message}`;
}

function adviceOnFile({ url, problem, slowly }: WasmFile): readonly string[] {
  if (problem !== null) return [problem];
  return slowly ? [`serve ${new URL(url, location.href).pathname} as application/wasm: it starts faster`] : [];
}

function isolationAdvice({ missing, secureContext, unknown }: Isolation): readonly string[] {
  if (!secureContext) return ["serve the page by https, or from localhost: otherwise WebAssembly has no threads"];
  if (unknown !== null) return [unknown];
  if (missing.length > 0) return [`send ${missing.join(" and ")} with the page: otherwise WebAssembly has one thread`];
  return [
    "the headers are right but the page is not isolated: reload it, and if it is in a frame, allow cross-origin-isolated to it",
  ];
}
