import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeModules, nodeGpuModules, nodeModules, printingProgram } from "./subpaths.test.support.js";
import { execute, packedProject, readManifest, root, type PackedProject } from "./packed-project.test.support.js";

const hasVulkan = process.env["VK_DRIVER_FILES"] !== undefined || process.env["ISOCONV_REQUIRE_VULKAN"] === "1";

let packed: PackedProject;
let project: string;
beforeAll(async () => {
  packed = await packedProject();
  project = packed.path;
});
afterAll(() => packed.remove());

async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [join(project, script), ...args], { cwd: project });
  return stdout;
}

describe("the packed packages", () => {
  it.for([...nodeModules, ...nodeGpuModules])(
    "run LeNet on %s in plain Node ESM, and bundled for Node by Vite",
    async (subpath, { skip }) => {
      if (nodeGpuModules.includes(subpath) && !hasVulkan)
        skip("no software Vulkan; ISOCONV_REQUIRE_VULKAN=1 makes this a failure");
      await writeFile(join(project, "main.js"), printingProgram(subpath));
      const plain: unknown = JSON.parse(await run("main.js"));
      expect(plain).toMatchObject({ shape: [1, 10] });
      await build({
        root: project,
        configFile: false,
        logLevel: "silent",
        build: {
          ssr: true,
          target: "esnext",
          outDir: join(project, "bundled"),
          rollupOptions: { input: join(project, "main.js") },
        },
        ssr: { noExternal: [/^@isoconv\//] },
      });
      expect(JSON.parse(await run(join("bundled", "main.js")))).toEqual(plain);
    },
  );

  it.for(nativeModules)("say what %s lacks here, in plain Node ESM", async ([subpath, lack], { skip }) => {
    await writeFile(
      join(project, "native.js"),
      `import { createBackend, isAvailable } from "${subpath}";
       const refusal = await createBackend().then(() => ({}), ({ code, message }) => ({ code, message }));
       console.log(JSON.stringify({ ...(await isAvailable()), ...refusal }));
       process.exit();`,
    );
    const answer: unknown = JSON.parse(await run("native.js"));
    if (typeof answer === "object" && answer !== null && Reflect.get(answer, "available") === true) skip("it is here");
    expect(answer).toMatchObject({
      available: false,
      reason: expect.stringMatching(lack) as string,
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(lack) as string,
    });
  });

  it("have adapters whose subpaths can all be imported and report whether they can run here", async () => {
    for (const name of ["backend-onnx", "backend-tfjs"]) {
      for (const key of Object.keys((await readManifest(join(project, "node_modules/@isoconv", name))).exports).filter(
        (subpath) => subpath !== ".",
      )) {
        const subpath = `@isoconv/${name}${key.slice(1)}`;
        await writeFile(
          join(project, "ask.js"),
          `import { isAvailable } from "${subpath}";\nconsole.log(JSON.stringify(await isAvailable()));\nprocess.exit();`,
        );
        const answer = JSON.parse(await run("ask.js")) as { available: boolean; reason?: string };
        if (!answer.available) expect(answer.reason).toMatch(/\w/);
        expect([subpath, typeof answer.available]).toEqual([subpath, "boolean"]);
      }
    }
  });

  it("run the README's program unchanged", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8");
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
    await writeFile(join(project, "readme.js"), `${example}\nconsole.log(logits.shape.join());`);
    expect(await run("readme.js")).toBe("100,10\n");
  });

  it("summarise and run the README's own network as the README says", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8");
    const [, network = ""] = /```ts\n(\/\/ my-network\.js\n.*?)```/s.exec(readme) ?? [];
    await writeFile(join(project, "my-network.js"), network);
    const commands = [...readme.matchAll(/^isoconv (\w+ \.\/my-network\.js.*?)(?: +#.*)?$/gm)].map((found) => found[1]);
    const printed: string[] = [];
    for (const command of commands) {
      printed.push(await run("node_modules/@isoconv/cli/bin/isoconv.js", ...command.split(" ")));
    }
    expect(printed).toEqual([
      expect.stringMatching(/^my-network, input N×3×64×64\n/),
      expect.stringMatching(/^\.\/my-network\.js \(seeded weights 1\) on onnx-wasm/),
    ]);
  });

  it("refuse what JavaScript would pass in silence, with the nearest name", async () => {
    await writeFile(
      join(project, "options.js"),
      `import { createBackend } from "@isoconv/backend-reference";
       import { float32 } from "@isoconv/core-spec";
       import { batchNorm2d, initParameters, upsample } from "@isoconv/nn";
       import { createModel } from "@isoconv/zoo";
       const { graph, parameters } = createModel("d2l/lenet");
       const weights = initParameters(parameters, { seed: 1 });
       const input = float32([1, 1, 28, 28]);
       const backend = await createBackend();
       const executable = await backend.compile(graph, weights);
       const calls = [
         () => createModel("resnet18", { num_classes: 2 }),
         () => upsample({ scaleFactor: 2, mode: "bilinear" }),
         () => batchNorm2d(3, { affine: "false" }),
         () => initParameters(parameters, { seed: 1, schema: "conformance" }),
         () => createBackend({ thread: 2 }),
         () => backend.compile(graph, weights, { tap: ["0"] }),
         () => executable.run({ input }, { signals: undefined }),
       ];
       for (const call of calls) {
         await Promise.resolve().then(call).then(() => console.log("accepted"), ({ message }) => console.log(message));
       }`,
    );
    const refusals = (await run("options.js")).trimEnd().split("\n");
    expect(refusals).toEqual([
      expect.stringMatching(/^INVALID_ATTRIBUTE: "resnet18" options\.num_classes: .*Did you mean "classes"\?$/),
      expect.stringMatching(/^INVALID_ATTRIBUTE: upsample options\.mode: .*The mode is nearest$/),
      expect.stringMatching(/^INVALID_ATTRIBUTE: batchNorm2d options\.affine: .*true or false, got "false"$/),
      expect.stringMatching(/^INVALID_ATTRIBUTE: initParameters options\.schema: .*Did you mean "scheme"\?$/),
      expect.stringMatching(/^INVALID_ATTRIBUTE: createBackend options\.thread: .*Did you mean "threads"\?$/),
      expect.stringMatching(/^INVALID_ATTRIBUTE: compile options\.tap: .*Did you mean "taps"\?$/),
      expect.stringMatching(/^INVALID_ATTRIBUTE: run options\.signals: .*Did you mean "signal"\?$/),
    ]);
  });

  it("warn of results that mean nothing, on stderr and in JSON", async () => {
    await writeFile(
      join(project, "photo.js"),
      `import { writeFileSync } from "node:fs";
       import { float32, uniform } from "@isoconv/core-spec";
       import { writeSafetensors } from "@isoconv/weights";
       const photo = float32([1, 1, 28, 28], uniform(1, "photo", 784, 0, 255));
       writeFileSync("photo.safetensors", writeSafetensors({ photo }));`,
    );
    await run("photo.js");
    const args = ["run", "d2l/lenet", "--backend", "onnx-wasm", "--input", "photo.safetensors", "--json"];
    const command = join(project, "node_modules/@isoconv/cli/bin/isoconv.js");
    const { stdout, stderr } = await execute(process.execPath, [command, ...args], { cwd: project });
    expect(JSON.parse(stdout)).toMatchObject({
      warnings: [{ code: "UNNORMALISED_INPUT" }],
      predictions: [{ image: 0, top: [{}, {}, {}, {}, {}] }],
    });
    expect(stderr).toContain("isoconv: warning: UNNORMALISED_INPUT: ");
  });

  it("provide the isoconv command", async () => {
    const stdout = await run("node_modules/@isoconv/cli/bin/isoconv.js", "models", "--json");
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ name: "d2l/lenet", parameters: 61_706, macs: 416_520 }),
    );
  });
});
