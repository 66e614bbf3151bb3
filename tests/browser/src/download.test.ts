import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CacheOptions } from "@isoconv/weights";
import { beforeAll, afterAll, describe, expect, inject, it } from "vitest";
import type { DownloadedInPage } from "./download-page.js";
import { hasBrowser, testPages, type OpenPage } from "./pages.test.support.js";

/** A file of the site, which stands for one of weights. */
const FILE = "tfjs-wasm/tfjs-backend-wasm.wasm";

describe.skipIf(!hasBrowser)("downloadToCache in a page", () => {
  const { open } = testPages();
  let opened: OpenPage;
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = readFileSync(join(inject("site"), FILE));
    opened = await open("/download.html");
  });
  afterAll(() => opened.page.close());

  const download = async (path: string, options: CacheOptions): Promise<DownloadedInPage | string | undefined> => {
    await opened.page.waitForFunction(() => window.downloadIn !== undefined);
    return opened.page.evaluate(([path, options]) => window.downloadIn?.(path, options), [path, options] as const);
  };

  it("refuses a file that is not in the cache, without a download", async () => {
    expect(await download(FILE, { offline: true })).toMatch(/^DOWNLOAD_FAILED: .*not in the cache \(the Cache API\)/);
  });

  it("keeps nothing with another SHA-256", async () => {
    expect(await download(FILE, { sha256: "00000000" })).toMatch(/^DOWNLOAD_FAILED: .*starts with 00000000, got/);
    expect(await download(FILE, { offline: true })).toMatch(/^DOWNLOAD_FAILED: /);
  });

  it("keeps a file in the Cache API, also for the next page", async () => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const first = await download(FILE, { sha256 });
    expect(first).toMatchObject({ bytes: bytes.byteLength, isKept: true });
    await opened.page.reload();
    expect(await download(FILE, { offline: true })).toEqual({ bytes: bytes.byteLength, isKept: true, steps: 0 });
  });

  it("refuses a page in place of a file", async () => {
    expect(await download("vision.html", {})).toMatch(/^DOWNLOAD_FAILED: .*sent an HTML page in its place/);
  });
});
