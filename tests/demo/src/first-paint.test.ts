import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser, site } from "./demo-page.test.support.js";

describe.skipIf(!hasBrowser)("opening the page", () => {
  const { open } = demoPages();

  it("fetches less than 300 kB, compressed, and no runtime", async () => {
    const { page } = await open();
    const address = page.url();
    await page.goto("about:blank");
    const paths = new Set<string>();
    page.on("request", (request) => void paths.add(new URL(request.url()).pathname));
    await page.goto(address);
    await page.getByRole("radio", { name: "Sample 99:" }).waitFor();
    await page.waitForLoadState("networkidle");
    expect([...paths].filter((path) => /\.wasm$|worker|ort|tfjs/.test(path))).toEqual([]);
    expect(paths.size).toBeGreaterThan(5);
    const sizes = await Promise.all([...paths].map(async (path) => gzipSync(await readFile(join(site, path))).length));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });
});
