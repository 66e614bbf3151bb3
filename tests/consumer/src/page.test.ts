import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connectBrowser, findBrowser, PATIENCE } from "@isoconv/browser-tests";
import type { Browser } from "playwright";
import { build, preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { execute, packedProject, root, type PackedProject } from "./packed-project.test.support.js";
import { pageModules, pageProgram, printingProgram, type Answer } from "./subpaths.test.support.js";

/** Without a browser the pages are only built; tests/browser reports that, or fails if one is required. */
const hasBrowser = findBrowser() !== undefined;

describe("a page that Vite builds of the packed packages", () => {
  let packed: PackedProject;
  let browser: Browser | undefined;
  let expected: Answer;
  beforeAll(async () => {
    packed = await packedProject();
    const main = join(packed.path, "main.js");
    await writeFile(main, printingProgram("@isoconv/backend-reference"));
    const { stdout } = await execute(process.execPath, [main], { cwd: packed.path });
    expected = JSON.parse(stdout) as Answer;
    if (hasBrowser) browser = await connectBrowser(inject("browser"));
  });
  afterAll(async () => {
    await browser?.close();
    await packed.remove();
  });

  /** A separate project beside the packages; the files of TensorFlow.js's WebAssembly are in its `public` folder. */
  async function project(name: string, script: string): Promise<string> {
    const folder = join(packed.path, "pages", name);
    await mkdir(join(folder, "public"), { recursive: true });
    await writeFile(join(folder, "main.js"), script);
    await writeFile(join(folder, "index.html"), `<!doctype html><script type="module" src="/main.js"></script>`);
    const wasm = join(root, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
    for (const file of await readdir(wasm)) {
      if (file.endsWith(".wasm")) await cp(join(wasm, file), join(folder, "public", file));
    }
    return folder;
  }

  async function ask(server: PreviewServer): Promise<Answer> {
    const page = await browser!.newPage();
    page.setDefaultTimeout(PATIENCE);
    try {
      await page.goto(server.resolvedUrls?.local[0] ?? "");
      return await page.evaluate<Answer>("window.answer");
    } finally {
      await page.close();
    }
  }

  it.each(pageModules)("answers with %s as Node does with the reference", async (subpath, options) => {
    const folder = await project(subpath.replaceAll("/", "-"), pageProgram(subpath, options));
    await build({ root: folder, configFile: false, logLevel: "error", build: { target: "esnext" } });
    const built = await readdir(join(folder, "dist"), { recursive: true });
    expect(built).toContain("index.html");
    if (browser === undefined) return;
    const server = await preview({ root: folder, configFile: false, preview: { port: 0, host: "127.0.0.1" } });
    try {
      const { shape, logits } = await ask(server);
      expect(shape).toEqual(expected.shape);
      for (const [i, logit] of logits.entries()) expect(logit).toBeCloseTo(expected.logits[i], 5);
    } finally {
      await server.close();
    }
  });
});
