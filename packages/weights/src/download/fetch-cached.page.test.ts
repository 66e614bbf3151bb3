import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { CachedFile } from "./cached-file.js";
import { fetchCached } from "./fetch-cached.page.js";
import { serve, startServer, type TestServer } from "./server.test.support.js";

const bytes = new Uint8Array(1000).fill(7);
const sha256 = createHash("sha256").update(bytes).digest("hex");

let server: TestServer;
/** What the page's cache holds. */
let held: Map<string, Response>;
beforeAll(async () => {
  server = await startServer();
  server.answer("a.pth", serve(bytes));
});
afterAll(() => server.close());
beforeEach(() => {
  held = new Map();
  const cache = {
    match: async (key: string) => Promise.resolve(held.get(key)?.clone()),
    put: async (key: string, response: Response) => Promise.resolve(void held.set(key, response)),
  };
  vi.stubGlobal("caches", { open: async () => Promise.resolve(cache) });
});
afterEach(() => void vi.unstubAllGlobals());

function fileOf(rest: Partial<CachedFile> = {}): CachedFile {
  const key = server.address("a.pth");
  const policy = { retries: 0 };
  const usual = { name: "a.pth", key, address: key, sha256, refused: [], cache: undefined, offline: undefined, policy };
  return { ...usual, ...rest };
}

async function contentOf(file: URL | Blob): Promise<Uint8Array> {
  if (file instanceof Blob) return new Uint8Array(await file.arrayBuffer());
  throw new Error("pages get the file itself");
}

it("a page keeps a file in the Cache API, and takes it from there", async () => {
  const before = server.ranges("a.pth").length;
  expect(await contentOf(await fetchCached(fileOf(), {}))).toEqual(bytes);
  expect(await contentOf(await fetchCached(fileOf({ offline: true }), {}))).toEqual(bytes);
  expect(server.ranges("a.pth")).toHaveLength(before + 1);
});

it("a page downloads while no other tab does", async () => {
  const names: string[] = [];
  const locks = {
    request: async (name: string, _options: object, work: () => Promise<unknown>) => {
      names.push(name);
      return work();
    },
  };
  vi.stubGlobal("navigator", { locks });
  expect(await contentOf(await fetchCached(fileOf(), {}))).toEqual(bytes);
  expect(names).toEqual([`isoconv ${server.address("a.pth").href}`]);
});

it("a page keeps nothing with another SHA-256", async () => {
  await expect(fetchCached(fileOf({ sha256: "00" }), {})).rejects.toThrow(/^DOWNLOAD_FAILED: a\.pth: .*SHA-256/);
  expect(held.size).toBe(0);
});

it("a page without a cache downloads", async () => {
  vi.stubGlobal("caches", undefined);
  expect(await contentOf(await fetchCached(fileOf(), {}))).toEqual(bytes);
  await expect(fetchCached(fileOf({ offline: true }), {})).rejects.toThrow(/^DOWNLOAD_FAILED: .*switched off/);
});

it("a page that the server may not permit is told so", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(fetchCached(fileOf(), {})).rejects.toThrow(
    /^DOWNLOAD_FAILED: a\.pth: .*Failed to fetch, and it was tried once\. .* pages of other origins \(CORS\)/,
  );
});
