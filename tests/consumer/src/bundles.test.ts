import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packedProject, root, type PackedProject } from "./packed-project.test.support.js";

let packed: PackedProject;
beforeAll(async () => {
  packed = await packedProject();
});
afterAll(() => packed.remove());

/** The names of the files that Vite makes of a page with this program, and the gzipped bytes of its scripts. */
async function pageOf(name: string, program: string): Promise<{ readonly files: readonly string[]; gzipped: number }> {
  const root = join(packed.path, name);
  await mkdir(root);
  await writeFile(join(root, "main.js"), program);
  await writeFile(join(root, "index.html"), `<!doctype html><script type="module" src="/main.js"></script>`);
  await build({ root, configFile: false, logLevel: "error" });
  const assets = join(root, "dist/assets");
  const files = await readdir(assets);
  const scripts = await Promise.all(
    files.filter((file) => file.endsWith(".js")).map((file) => readFile(join(assets, file))),
  );
  return { files, gzipped: scripts.reduce((bytes, script) => bytes + gzipSync(script, { level: 9 }).length, 0) };
}

describe("a page that Vite builds", () => {
  it("with createModel has one script below 40 kB gzipped, and no other file", async () => {
    const { files, gzipped } = await pageOf(
      "model",
      `import { createModel } from "@isoconv/zoo"; globalThis.createModel = createModel;`,
    );
    expect(files).toEqual([expect.stringMatching(/\.js$/)]);
    expect(gzipped).toBeGreaterThan(10_000);
    expect(gzipped).toBeLessThan(40_000);
  });

  it("with the trained weights has their files", async () => {
    const { files } = await pageOf(
      "trained",
      `import { trainedWeights } from "@isoconv/zoo/trained-weights"; globalThis.trainedWeights = trainedWeights;`,
    );
    expect(files.filter((file) => file.endsWith(".safetensors"))).toHaveLength(4);
  });

  it("with MobileNetV2 has its weights, and the photographs only if it asks for them", async () => {
    const photo = /\.(png|webp)$/;
    const weights = `import { mobilenetV2 } from "@isoconv/mobilenet-v2"; globalThis.weights = mobilenetV2.weights;`;
    const { files } = await pageOf("mobilenet", weights);
    expect(files.filter((file) => file.endsWith(".safetensors"))).toHaveLength(1);
    expect(files.filter((file) => photo.test(file))).toEqual([]);
    const photos = `import { photos } from "@isoconv/mobilenet-v2/photos"; globalThis.photos = photos;`;
    const page = await pageOf("photos", photos);
    expect(page.files.filter((file) => photo.test(file))).toHaveLength(3);
    expect(page.files.filter((file) => file.endsWith(".safetensors"))).toEqual([]);
  });
});

it("a script that does not know its own address is told how to give that of the weights", async () => {
  await writeFile(
    join(packed.path, "classic.js"),
    `import { trainedWeights, trainedWeightsIn } from "@isoconv/zoo/trained-weights";
     try {
       console.log(trainedWeights[0].weights);
     } catch ({ code, message }) {
       console.log(code, message);
     }
     console.log(trainedWeightsIn("https://example.org/assets/")[0].weights.href);`,
  );
  const esbuild = join(root, "node_modules/esbuild/bin/esbuild");
  const options = ["--bundle", "--format=iife", "--log-level=error", "--outfile=classic.cjs"];
  await promisify(execFile)(process.execPath, [esbuild, "classic.js", ...options], { cwd: packed.path });
  const { stdout } = await promisify(execFile)(process.execPath, ["classic.cjs"], { cwd: packed.path });
  const [error, address] = stdout.trim().split("\n");
  expect(error).toMatch(/^INVALID_FILE INVALID_FILE: .* does not know its own address.*assets.*trainedWeightsIn\(/);
  expect(address).toBe("https://example.org/assets/d2l-lenet-fashion-mnist.safetensors");
});
