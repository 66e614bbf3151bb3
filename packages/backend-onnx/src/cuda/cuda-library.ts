import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { IsoconvError } from "@isoconv/core-spec";

/**
 * The provider and the library it shares with the runtime. The package does not contain them; its install script
 * downloads them.
 */
const FILES = ["libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"] as const;

/** The folder of `onnxruntime-node`. */
export function packageFolder(): string {
  return resolve(createRequire(import.meta.url).resolve("onnxruntime-node"), "../..");
}

/**
 * Looks for the CUDA provider and the libraries it needs, because the runtime itself only reports "Failed to load
 * shared library".
 *
 * @param folder of `onnxruntime-node`
 * @throws IsoconvError `BACKEND_UNAVAILABLE` whose hint names what to install
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

/** The output of `ldd`: what the dynamic loader would load. Empty where there is no such program. */
async function listLibraries(file: string): Promise<string> {
  try {
    return (await promisify(execFile)("ldd", [file])).stdout;
  } catch {
    // Ignored: creating the session fails as well, with a less specific message.
    return "";
  }
}

/** Libraries that `ldd` reports as `not found`. */
export function missingLibraries(listing: string): readonly string[] {
  return [...listing.matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** What to install for the missing libraries, from their names: `libcublas.so.12` is part of CUDA 12. */
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

/** The versions of cuRAND and cuFFT differ from the toolkit's. */
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
