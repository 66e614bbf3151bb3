import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAvailable } from "./index.js";
import { checkCudaLibrary, howToInstall, missingLibraries, packageFolder } from "./cuda-library.js";
import { openCuda } from "./open-cuda.js";

/** The output of `ldd` for the provider of ONNX Runtime 1.30 for CUDA 13, on a machine that has only cuRAND of CUDA. */
const LISTING = `
	linux-vdso.so.1 (0x00007f9430322000)
	libcublasLt.so.13 => not found
	libcublas.so.13 => not found
	libcurand.so.10 => /usr/local/cuda/lib64/libcurand.so.10 (0x00007f9430305000)
	libcudart.so.13 => not found
	libcuda.so.1 => not found
	libdl.so.2 => /lib/x86_64-linux-gnu/libdl.so.2 (0x00007f9430305000)
	/lib64/ld-linux-x86-64.so.2 (0x00007f9430324000)
`;

const here = await isAvailable();

let folder: string;
let libraries: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-cuda-"));
  libraries = join(folder, "bin/napi-v6/linux/x64");
  await mkdir(libraries, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const provider = (): string => join(libraries, "libonnxruntime_providers_cuda.so");
const shared = (): string => join(libraries, "libonnxruntime_providers_shared.so");

describe("CUDA is unavailable and the error names what to install when something is missing:", () => {
  test("another platform", async () => {
    await expect(checkCudaLibrary(folder, "darwin-arm64")).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(/Linux x64 only, this is darwin-arm64.*node-webgpu/) as string,
    });
  });

  test("the provider, which the package does not contain", async () => {
    await writeFile(shared(), "");
    await expect(checkCudaLibrary(folder, "linux-x64")).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: `BACKEND_UNAVAILABLE: onnxruntime-node is installed without its CUDA provider: libonnxruntime_providers_cuda.so missing in ${libraries}. Run node ${join(folder, "script/install.js")} --onnxruntime-node-install=cuda12`,
    });
  });

  test.runIf(process.platform === "linux")("libraries the provider is linked with", async () => {
    // A real library, in another folder than the one it is linked with.
    const binding = join(packageFolder(), `bin/napi-v6/linux/${process.arch}/onnxruntime_binding.node`);
    await copyFile(binding, provider());
    await writeFile(shared(), "");
    await expect(checkCudaLibrary(folder, "linux-x64")).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(/needs libonnxruntime\.so\.\d+, not found by the loader/) as string,
    });
  });

  const canFail = process.platform === "linux" && process.arch === "x64" && !here.available;
  test.runIf(canFail)("a provider that loads", async () => {
    await writeFile(provider(), "not a library");
    await writeFile(shared(), "");
    await expect(openCuda({}, undefined, folder)).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(/CUDA does not start: .*Failed to load shared library.*nvidia-smi/) as string,
      cause: expect.any(Error) as Error,
    });
  });
});

test("the driver, cuDNN and the toolkit are distinguished by their libraries' names", () => {
  expect(missingLibraries(LISTING)).toEqual([
    "libcublasLt.so.13",
    "libcublas.so.13",
    "libcudart.so.13",
    "libcuda.so.1",
  ]);
  expect(howToInstall(missingLibraries(LISTING))).toMatch(
    /^Install the CUDA 13 toolkit and NVIDIA's driver \(nvidia-smi/,
  );
  expect(howToInstall(["libcudnn.so.9"])).toMatch(/^Install cuDNN 9; .*LD_LIBRARY_PATH/);
  expect(howToInstall(["libcurand.so.10"])).toMatch(/^Install the CUDA 12 toolkit; /);
});

test("the package's folder has the script that fetches the provider", () => {
  expect(dirname(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"))).toBe(packageFolder());
});

test("isAvailable describes this machine", () => {
  expect(here).toEqual(
    here.available
      ? { available: true }
      : { available: false, reason: expect.stringMatching(/^BACKEND_UNAVAILABLE: .*\. \w+/) as string },
  );
});

describe("options", () => {
  test.for([
    ["deviceId", -1],
    ["deviceId", 0.5],
    ["arithmetic", "bf16"],
    ["threads", 0],
  ] as const)("refuse %s %s", async ([option, value]) => {
    await expect(openCuda({ [option]: value })).rejects.toMatchObject({
      code: "INVALID_ATTRIBUTE",
      path: `options.${option}`,
    });
  });
});
