import type { BackendFinding, GpuFinding } from "@isoconv/inspect/doctor";
import type { LibraryFinding } from "./load-library.js";

/** An examination that runs in a separate process, since it may crash the process. */
export type Examination =
  | { readonly kind: "backend"; readonly id: string; readonly threads: number | null }
  | { readonly kind: "libraries"; readonly libraries: readonly string[] }
  | { readonly kind: "dawn" };

/** The finding of each kind of examination. */
export interface Findings {
  readonly backend: BackendFinding;
  readonly libraries: readonly LibraryFinding[];
  readonly dawn: GpuFinding;
}

/** Runs an examination in this process. Imports are dynamic, since most examinations need few modules. */
export async function examine(examination: Examination): Promise<Findings[Examination["kind"]]> {
  switch (examination.kind) {
    case "backend": {
      const { threadMeter } = await import("./thread-meter.js");
      const countThreads = threadMeter();
      const { examineBackend } = await import("@isoconv/inspect/doctor");
      const { openBackend } = await import("../../backends.js");
      const threads = examination.threads ?? undefined;
      const create = () => openBackend(examination.id, threads);
      return examineBackend({ id: examination.id, create }, { threads, countThreads });
    }
    case "libraries": {
      const { loadLibrary } = await import("./load-library.js");
      return examination.libraries.map(loadLibrary);
    }
    case "dawn": {
      const { describeGpu } = await import("@isoconv/inspect/doctor");
      const { dawn } = await import("./dawn.js");
      const gpu = await dawn();
      return "reason" in gpu ? { available: false, reason: gpu.reason } : describeGpu(gpu);
    }
  }
}
