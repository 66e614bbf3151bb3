import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BackendFinding } from "@isoconv/inspect/doctor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv } from "../../command.test.support.js";
import { examineCuda } from "./cuda.js";
import type { Diagnosis } from "./diagnosis.js";
import { examineTfjsNode } from "./tfjs-node.js";
import { examineVulkan } from "./vulkan.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-doctor-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const reference = new URL("../../../../../packages/backend-reference/dist/index.js", import.meta.url).href;

/** Writes a module to examine, which can use the built reference as `create`. */
async function module(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), `import { createBackend as create } from "${reference}";\n${text}`);
  return `./${name}`;
}

describe("isoconv doctor", () => {
  it("reports the probed properties of each backend, and exits with 0", async () => {
    const named = ["reference", "onnx-node", "tfjs-wasm"];
    const { status, stdout } = await isoconv(folder, "doctor", "--json", ...named.flatMap((id) => ["--backend", id]));
    expect(status).toBe(0);
    const { backends, wasm, advice, notHere } = JSON.parse(stdout) as Diagnosis;
    expect(wasm).toMatchObject({ available: true, simd: true, threads: true });
    expect(backends).toMatchObject(
      named.map((backend) => ({ backend, available: true, arithmetic: "f32", threads: { asked: null } })),
    );
    for (const row of backends) {
      const { probes, threads } = row as Extract<BackendFinding, { available: true }>;
      expect(probes.map(({ probe, agrees }) => [probe, agrees])).toEqual(
        ["arithmetic", "subnormals", "non-finite", "conv-algorithm"].map((probe) => [probe, true]),
      );
      expect(threads.reported).toBeGreaterThanOrEqual(1);
      if (process.platform === "linux") expect(threads.used).toBeGreaterThanOrEqual(1);
    }
    // These backends need no GPU and no system library.
    expect([advice, notHere]).toEqual([[], []]);
  });

  it("counts the busy threads, independent of the requested and reported numbers", async () => {
    const path = await module(
      "bragging.js",
      "export const createBackend = async (o) => ({ ...rest(await create()) });\nconst rest = (b) => ({ id: 'x', capabilities: { ...b.capabilities, threads: 8 }, compile: b.compile.bind(b), memory: b.memory.bind(b), dispose: b.dispose.bind(b), [Symbol.asyncDispose]: b.dispose.bind(b) });",
    );
    const { stdout } = await isoconv(folder, "doctor", "--backend", path, "--threads", "8", "--json");
    const [row] = (JSON.parse(stdout) as Diagnosis).backends;
    const used = process.platform === "linux" ? 1 : null;
    expect(row).toMatchObject({ available: true, threads: { asked: 8, reported: 8, used } });
  });

  it("exits with 3 if a requested backend cannot run here, and prints the reason and its cause", async () => {
    const path = await module(
      "absent.js",
      `export const isAvailable = async () => ({ available: false, reason: "the driver is missing. Install it" });
       export const createBackend = create;`,
    );
    const { status, stdout } = await isoconv(folder, "doctor", "--backend", path);
    expect(status).toBe(3);
    expect(stdout).toMatch(/absent\.js +no +– /);
    expect(stdout).toMatch(/What to do:\n- \.\/absent\.js: the driver is missing\. Install it/);
    const broken = await module(
      "broken.js",
      `export const createBackend = async () => { throw new Error("did not start", { cause: new Error("no shared memory") }); };`,
    );
    const { stdout: json } = await isoconv(folder, "doctor", "--json", "--backend", broken);
    const [row] = (JSON.parse(json) as Diagnosis).backends;
    expect(row).toMatchObject({ available: false, reason: "did not start", cause: "no shared memory" });
  });

  it("exits with 1 if a backend differs from its declaration", async () => {
    const path = await module(
      "half.js",
      `export const createBackend = async () => {
         const backend = await create();
         return { ...backend, id: "half", capabilities: { ...backend.capabilities, arithmetic: "f16" },
           compile: backend.compile.bind(backend), memory: () => backend.memory(), dispose: () => backend.dispose(),
           [Symbol.asyncDispose]: () => backend.dispose() };
       };`,
    );
    const { status, stdout } = await isoconv(folder, "doctor", "--backend", path);
    expect(status).toBe(1);
    expect(stdout).toMatch(/half\.js .* f32 .* no$/m);
    expect(stdout).toContain("./half.js is not what it declares: run isoconv conformance --backend ./half.js");
  });

  it("exits with 1 and continues after a backend that crashes its process", async () => {
    const path = await module(
      "crash.js",
      `export const createBackend = async () => { console.error("about to go"); process.kill(process.pid, "SIGSEGV"); await new Promise((done) => setTimeout(done, 10_000)); };`,
    );
    const { status, stdout } = await isoconv(folder, "doctor", "--backend", path, "--backend", "reference", "--json");
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as Diagnosis).backends).toMatchObject([
      { available: false, crashed: true, reason: "it crashed (SIGSEGV): about to go" },
      { available: true },
    ]);
  });

  it("refuses an unknown id, and lists the known ones", async () => {
    const { status, stderr } = await isoconv(folder, "doctor", "--backend", "abacus");
    expect(status).toBe(2);
    expect(stderr).toMatch(/INVALID_ATTRIBUTE: --backend: no such backend; expected reference, onnx-node/);
    expect((await isoconv(folder, "doctor", "--backend", "foo.bar")).status).toBe(2);
  });
});

describe.runIf(process.platform === "linux")("the system", () => {
  it("has the files of CUDA's libraries, or the loader's messages", async () => {
    const { driver, users } = await examineCuda(join(folder, "no-driver"));
    expect(driver).toBeNull();
    expect(users.map(({ backend }) => backend)).toEqual(["onnx-cuda", "tfjs-cuda"]);
    for (const { libraries } of users) {
      expect(libraries[0].library).toBe("libcuda.so.1");
      for (const library of libraries) {
        if (library.found) expect(library.file).toContain(library.library.replace(/\.so.*/, ".so"));
        else expect(library.reason).toContain(library.library);
      }
    }
  });

  it("has the driver version of the kernel module", async () => {
    const file = join(folder, "version");
    await writeFile(file, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54\nGCC version: 12\n");
    expect((await examineCuda(file)).driver).toBe("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54");
  });

  it("has the Vulkan drivers whose manifests name an existing library", async () => {
    const manifest = async (name: string, content: unknown): Promise<string> => {
      await writeFile(join(folder, name), JSON.stringify(content));
      return join(folder, name);
    };
    await writeFile(join(folder, "libgpu.so"), "");
    const good = await manifest("good.json", { ICD: { library_path: "./libgpu.so" } });
    const gone = await manifest("gone.json", { ICD: { library_path: "./libgone.so" } });
    const odd = await manifest("odd.json", {});
    const { override, drivers } = await examineVulkan({ VK_DRIVER_FILES: [good, gone, odd].join(":") });
    expect(override).toBe("VK_DRIVER_FILES");
    expect(drivers).toEqual([
      { manifest: good, library: join(folder, "libgpu.so"), problem: null },
      { manifest: gone, library: join(folder, "libgone.so"), problem: `${join(folder, "libgone.so")} does not exist` },
      { manifest: odd, library: null, problem: "has no ICD.library_path" },
    ]);
    await mkdir(join(folder, "icd.d"));
    const [bare, absent] = [join("icd.d", "a.json"), join("icd.d", "b.json")];
    await manifest(bare, { ICD: { library_path: "libresolv.so.2" } });
    await manifest(absent, { ICD: { library_path: "libgone.so.0" } });
    expect((await examineVulkan({ VK_ICD_FILENAMES: join(folder, "icd.d") })).drivers).toEqual([
      { manifest: join(folder, bare), library: "libresolv.so.2", problem: null },
      {
        manifest: join(folder, absent),
        library: "libgone.so.0",
        problem: expect.stringContaining("libgone.so.0: cannot open"),
      },
    ]);
  });
});

describe("tfjs-node", () => {
  it("has the files of the binding and of TensorFlow's library, or null", async () => {
    const root = join(folder, "node_modules/@tensorflow/tfjs-node");
    await mkdir(join(root, "lib/napi-v8"), { recursive: true });
    await mkdir(join(root, "deps/lib"), { recursive: true });
    await writeFile(join(root, "package.json"), JSON.stringify({ name: "@tensorflow/tfjs-node" }));
    const from = pathToFileURL(join(folder, "program.js")).href;
    expect(examineTfjsNode(from)[0]).toMatchObject({ installed: true, binding: null, library: null });
    await writeFile(join(root, "lib/napi-v8/tfjs_binding.node"), "");
    const platforms: Readonly<Record<string, string>> = { darwin: "libtensorflow.2.dylib", win32: "tensorflow.dll" };
    const library = join(root, "deps/lib", platforms[process.platform] ?? "libtensorflow.so.2");
    await writeFile(library, "");
    expect(examineTfjsNode(from)).toEqual([
      {
        package: "@tensorflow/tfjs-node",
        backend: "tfjs-node",
        installed: true,
        binding: join(root, "lib/napi-v8/tfjs_binding.node"),
        library,
      },
      { package: "@tensorflow/tfjs-node-gpu", backend: "tfjs-cuda", installed: false, binding: null, library: null },
    ]);
  });
});
