import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { execute, packages, packedProject, root, type PackedProject } from "./packed-project.test.support.js";

let packed: PackedProject;
let project: string;
beforeAll(async () => {
  packed = await packedProject();
  project = packed.path;
}, 120_000);
afterAll(() => packed.remove());

async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [join(project, script), ...args], { cwd: project });
  return stdout;
}

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
      // A template is to be copied with its test.
      const own = files.filter((file) => !file.startsWith("templates"));
      expect(own.filter((file) => /\.test\.|tsbuildinfo/.test(file))).toEqual([]);
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
