import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findLibraries } from "./find-libraries.js";
import type { LibraryFinding } from "./load-library.js";

/** What a CUDA backend needs. */
export interface CudaUser {
  readonly backend: string;
  readonly needs: string;
  readonly libraries: readonly LibraryFinding[];
}

export interface CudaFinding {
  /** The version line of the kernel module; `null` if there is none. */
  readonly driver: string | null;
  readonly users: readonly CudaUser[];
  /** File of ONNX Runtime's CUDA provider, which is downloaded separately; `null` if it does not exist. */
  readonly provider: string | null;
}

const DRIVER = "/proc/driver/nvidia/version";

/** Libraries by the names to which the runtimes are linked. */
const users = [
  {
    backend: "onnx-cuda",
    needs: "CUDA 12 and cuDNN 9",
    libraries: [
      "libcuda.so.1",
      "libcudart.so.12",
      "libcublas.so.12",
      "libcublasLt.so.12",
      "libcufft.so.11",
      "libcurand.so.10",
      "libcudnn.so.9",
    ],
  },
  {
    backend: "tfjs-cuda",
    needs: "CUDA 11.2 and cuDNN 8.1",
    libraries: [
      "libcuda.so.1",
      "libcudart.so.11.0",
      "libcublas.so.11",
      "libcublasLt.so.11",
      "libcufft.so.10",
      "libcusolver.so.11",
      "libcusparse.so.11",
      "libcudnn.so.8",
    ],
  },
] as const;

/** Looks for the driver, and for the libraries with the system's loader. */
export async function examineCuda(driverFile = DRIVER): Promise<CudaFinding> {
  const findings = await findLibraries([...new Set<string>(users.flatMap(({ libraries }) => libraries))]);
  const found = new Map(findings.map((finding) => [finding.library, finding]));
  return {
    driver: existsSync(driverFile) ? (readFileSync(driverFile, "utf8").split("\n")[0] ?? "").trim() : null,
    users: users.map(({ libraries, ...user }) => ({
      ...user,
      libraries: libraries.flatMap((library) => found.get(library) ?? []),
    })),
    provider: onnxProvider(),
  };
}

function onnxProvider(): string | null {
  try {
    const main = createRequire(import.meta.url).resolve("onnxruntime-node/package.json");
    const file = join(
      dirname(main),
      `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime_providers_cuda.so`,
    );
    return existsSync(file) ? file : null;
  } catch {
    // Not installed: the findings of the backends report this.
    return null;
  }
}
