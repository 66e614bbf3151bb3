import type { BackendFinding, GpuFinding } from "@isoconv/inspect/doctor";
import type { LibraryFinding } from "./load-library.js";

/** What is examined in a process of its own, since it may end the process. */
export type Examination =
  | { readonly kind: "backend"; readonly id: string; readonly threads: number | null }
  | { readonly kind: "libraries"; readonly libraries: readonly string[] }
  | { readonly kind: "dawn" };

/** What each kind of examination finds. */
export interface Findings {
  readonly backend: BackendFinding;
  readonly libraries: readonly LibraryFinding[];
  readonly dawn: GpuFinding;
}

/** Examines here and now. Imports what it needs and nothing else: most processes need little. */
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
