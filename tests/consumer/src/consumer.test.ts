import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const packages = [
  "core-spec",
  "weights",
  "backend-reference",
  "backend-tfjs",
  "backend-onnx",
  "nn",
  "zoo",
  "conformance",
];
const folders = [...packages.map((name) => `packages/${name}`), "apps/cli"];

let project: string;

async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [join(project, script), ...args], { cwd: project });
  return stdout;
}

/** A project with the tarballs' content as its @isoconv packages and everything else as the workspace installed it. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "isoconv-consumer-"));
  const modules = join(project, "node_modules");
  const packed = await execute(
    "npm",
    ["pack", "--json", "--pack-destination", project, ...folders.map((folder) => `./${folder}`)],
    { cwd: root },
  );
  const tarballs = Object.values<{ name: string; filename: string }>(JSON.parse(packed.stdout));
  for (const { name, filename } of tarballs) {
    const target = join(modules, name);
    await mkdir(target, { recursive: true });
    await execute("tar", ["-xzf", join(project, filename), "-C", target, "--strip-components=1"]);
  }
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name === "@isoconv" || name.startsWith(".")) continue;
    await symlink(join(root, "node_modules", name), join(modules, name));
  }
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
}, 120_000);

afterAll(() => rm(project, { recursive: true, force: true }));

const program = (backend: string): string => `
import { float32 } from "@isoconv/core-spec";
import { createModel } from "@isoconv/zoo";
import { initParameters } from "@isoconv/nn";
import { createBackend } from "${backend}";

const model = createModel("d2l/lenet");
const backend = await createBackend();
const executable = await backend.compile(model.graph, initParameters(model.parameters, { seed: 1 }));
const { logits } = await executable.run({ input: float32([1, 1, 28, 28]) });
console.log(JSON.stringify({ backend: backend.id, shape: logits.shape, first: logits.data[0] }));
await backend.dispose();
`;

const subpaths = [
  "@isoconv/backend-reference",
  "@isoconv/backend-onnx/node",
  "@isoconv/backend-onnx/wasm",
  "@isoconv/backend-tfjs/cpu",
  "@isoconv/backend-tfjs/wasm",
];

describe("the packed packages", () => {
  it.each(subpaths)("run LeNet on %s in plain Node ESM", async (subpath) => {
    await writeFile(join(project, "main.js"), program(subpath));
    const answer: unknown = JSON.parse(await run("main.js"));
    expect(answer).toMatchObject({ shape: [1, 10] });
  });

  it("run the program of the README as it stands", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8");
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
    await writeFile(join(project, "readme.js"), `${example}\nconsole.log(logits.shape.join());`);
    expect(await run("readme.js")).toBe("100,10\n");
  });

  it("hold no tests and no build information", async () => {
    for (const name of [...packages, "cli"]) {
      const files = await readdir(join(project, "node_modules/@isoconv", name), { recursive: true });
      expect(files.filter((file) => /\.test\.|tsbuildinfo/.test(file))).toEqual([]);
      expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE"]));
    }
  });

  it("have exports whose every target exists", async () => {
    for (const name of [...packages, "cli"]) {
      const folder = join(project, "node_modules/@isoconv", name);
      const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
        exports: Record<string, string | Record<string, string>>;
      };
      const files = await readdir(folder, { recursive: true });
      for (const target of Object.values(manifest.exports).flatMap((target) =>
        typeof target === "string" ? target : Object.values(target),
      )) {
        expect(files).toContain(target.replace("./", ""));
      }
    }
  });

  it("provide the isoconv command", async () => {
    const stdout = await run("node_modules/@isoconv/cli/bin/isoconv.js", "models", "--json");
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ name: "d2l/lenet", parameters: 61_706, macs: 416_520 }),
    );
  });

  it("can be bundled by Vite, and the bundle gives the same answer", async () => {
    await writeFile(join(project, "main.js"), program("@isoconv/backend-tfjs/cpu"));
    const plain: unknown = JSON.parse(await run("main.js"));
    await build({
      root: project,
      logLevel: "silent",
      build: {
        ssr: true,
        target: "esnext",
        outDir: join(project, "bundled"),
        rollupOptions: { input: join(project, "main.js") },
      },
      ssr: { noExternal: true },
    });
    const bundled: unknown = JSON.parse(await run(join("bundled", "main.js")));
    expect(bundled).toEqual(plain);
  }, 60_000);
});
