import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { IsoconvError } from "@isoconv/core-spec";

/** The provider, and what it and the runtime share. The package does not contain them: its install script fetches them. */
const FILES = ["libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"] as const;

/** The folder of `onnxruntime-node`. */
export function packageFolder(): string {
  return resolve(createRequire(import.meta.url).resolve("onnxruntime-node"), "../..");
}

/**
 * Looks for the CUDA provider and the libraries it needs. The runtime itself only says "Failed to load shared library".
 *
 * @param folder of `onnxruntime-node`
 * @throws IsoconvError `BACKEND_UNAVAILABLE` that says what to install
 */
export async function checkCudaLibrary(
  folder: string,
  platform = `${process.platform}-${process.arch}`,
): Promise<void> {
  if (platform !== "linux-x64") {
    throw unavailable(
      `onnxruntime-node has CUDA on Linux x64 only, this is ${platform}`,
      "Import @isoconv/backend-onnx/node-webgpu, which computes on the GPU here too",
    );
  }
  const libraries = join(folder, "bin/napi-v6/linux/x64");
  const absent = FILES.filter((file) => !existsSync(join(libraries, file)));
  if (absent.length > 0) {
    throw unavailable(
      `onnxruntime-node is installed without its CUDA provider: ${absent.join(" and ")} missing in ${libraries}`,
      `Run node ${join(folder, "script/install.js")} --onnxruntime-node-install=cuda12`,
    );
  }
  const missing = missingLibraries(await listLibraries(join(libraries, FILES[0])));
  if (missing.length === 0) return;
  throw unavailable(
    `the CUDA provider of onnxruntime-node needs ${missing.join(", ")}, not found by the loader`,
    howToInstall(missing),
  );
}

/** What the dynamic loader would load, in the words of `ldd`; nothing where there is no such program. */
async function listLibraries(file: string): Promise<string> {
  try {
    return (await promisify(execFile)("ldd", [file])).stdout;
  } catch {
    // The session that is created next fails as well, if with fewer words.
    return "";
  }
}

/** Libraries that `ldd` calls `not found`. */
export function missingLibraries(listing: string): readonly string[] {
  return [...listing.matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** What brings the libraries, by their names: `libcublas.so.12` comes with CUDA 12. */
export function howToInstall(missing: readonly string[]): string {
  const [driver, rest] = split(missing, (name) => name.startsWith("libcuda."));
  const [cudnn, toolkit] = split(rest, (name) => name.startsWith("libcudnn"));
  const steps = [
    ...(toolkit.length > 0 ? [`the CUDA ${toolkitVersion(toolkit)} toolkit`] : []),
    ...(cudnn.length > 0 ? [`cuDNN ${majorOf(cudnn[0]) ?? "9"}`] : []),
    ...(driver.length > 0 ? ["NVIDIA's driver (nvidia-smi must list the GPU)"] : []),
  ];
  return `Install ${steps.join(" and ")}; for libraries outside the loader's folders set LD_LIBRARY_PATH`;
}

/** cuRAND and cuFFT are numbered on their own. */
function toolkitVersion(libraries: readonly string[]): string {
  return majorOf(libraries.find((name) => !/^lib(curand|cufft)\./.test(name))) ?? "12";
}

function majorOf(library = ""): string | undefined {
  return /\.so\.(\d+)/.exec(library)?.[1];
}

function split<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

export function unavailable(what: string, hint: string, cause?: unknown): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", { what, hint, ...(cause === undefined ? {} : { cause }) });
}
