import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser, site } from "./demo-page.test.support.js";

const RUNTIME = /\.wasm$|worker|ort|tfjs/;
const PICTURE = /\.(png|webp)$/;

/** The paths that are fetched from now on, in their order. */
async function reload(page: Page): Promise<readonly string[]> {
  const address = page.url();
  await page.goto("about:blank");
  const paths: string[] = [];
  page.on("request", (request) => void paths.push(new URL(request.url()).pathname));
  await page.goto(address);
  return paths;
}

async function zippedBytes(paths: readonly string[]): Promise<number> {
  const sizes = [...new Set(paths)].map(async (path) => gzipSync(await readFile(join(site, path))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe.skipIf(!hasBrowser)("opening the page", () => {
  const { open } = demoPages();

  it("fetches less than 300 kB, compressed, beside the photo before it is shown; then weights and a runtime", async () => {
    const { page } = await open();
    const paths = await reload(page);
    await page.getByText("Egyptian cat").waitFor();
    const first = paths.slice(
      0,
      paths.findIndex((path) => RUNTIME.test(path) || path.endsWith(".safetensors")),
    );
    expect(first.length).toBeGreaterThan(5);
    expect(first.filter((path) => PICTURE.test(path))).toHaveLength(1);
    expect(await zippedBytes(first.filter((path) => !PICTURE.test(path)))).toBeLessThan(300_000);
    // One runtime, and the weights once.
    expect(paths.filter((path) => path.endsWith(".safetensors"))).toHaveLength(1);
    expect(paths.filter((path) => /hdf5|ort/.test(path))).toEqual([]);
  });

  it("at Compare fetches less than 300 kB, compressed, and no runtime", async () => {
    const { page } = await open("view=compare");
    const paths = await reload(page);
    await page.getByRole("radio", { name: "Sample 99:" }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(paths.filter((path) => RUNTIME.test(path))).toEqual([]);
    expect(paths.length).toBeGreaterThan(5);
    expect(await zippedBytes(paths)).toBeLessThan(300_000);
  });
});
