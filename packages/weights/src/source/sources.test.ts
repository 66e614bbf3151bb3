import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listWeights, readWeights } from "../read-weights.js";
import { writeSafetensors } from "../write-safetensors.js";

const tensor = (count: number) =>
  ({ dtype: "float32", shape: [count], data: new Float32Array(count).fill(1) }) as const;
const bytes = writeSafetensors({ a: tensor(1000), b: tensor(10) });
const index = JSON.stringify({ weight_map: { a: "part.safetensors", b: "part.safetensors" } });

let folder: URL;
let server: Server;
let host: string;

beforeAll(async () => {
  const path = await mkdtemp(join(tmpdir(), "isoconv-sources-"));
  folder = pathToFileURL(`${path}/`);
  await writeFile(new URL("part.safetensors", folder), bytes);
  await writeFile(new URL("model.safetensors.index.json", folder), index);
  server = createServer((request, response) => {
    if (request.url === "/part.safetensors") response.setHeader("content-length", bytes.byteLength).end(bytes);
    else if (request.url === "/chunked") response.end(bytes);
    else if (request.url === "/index.json") response.end(index);
    else if (request.url === "/short") {
      response.setHeader("content-length", bytes.byteLength).write(bytes.subarray(0, 100));
      setTimeout(() => response.destroy(), 10);
    } else if (request.url === "/huge") {
      response.setHeader("content-length", 2 ** 42).flushHeaders();
    } else response.writeHead(404).end("<html>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

describe("readWeights", () => {
  it.each(["part.safetensors", "model.safetensors.index.json"])("reads %s on disk", async (name) => {
    const { tensors } = await readWeights(name, new URL(name, folder));
    expect([...tensors].map(([key, { shape }]) => [key, ...shape])).toEqual([
      ["a", 1000],
      ["b", 10],
    ]);
  });

  it.each(["part.safetensors", "chunked", "index.json"])("reads /%s of a server", async (path) => {
    const { tensors } = await readWeights(path, new URL(path, host));
    expect(
      tensors
        .get("a")
        ?.toFloat32()
        .data.every((value) => value === 1),
    ).toBe(true);
  });

  it("reads from disk only what is asked for", async () => {
    const loaded: number[] = [];
    const { tensors } = await readWeights("a", new URL("part.safetensors", folder), {
      select: (name) => name === "b",
      onProgress: (count) => loaded.push(count),
    });
    expect([...tensors.keys()]).toEqual(["b"]);
    // The start decides the format; then come the header and 40 bytes.
    expect(loaded.at(-1)).toBeLessThan(4096 + 300);
    expect((await listWeights("a", new URL("part.safetensors", folder))).tensors.get("a")?.shape).toEqual([1000]);
  });

  it("tells the progress of a download", async () => {
    const seen: (readonly [number, number | undefined])[] = [];
    await readWeights("a", new URL("part.safetensors", host), { onProgress: (...each) => seen.push(each) });
    expect(seen.at(-1)).toEqual([bytes.byteLength, bytes.byteLength]);
  });

  it("adds up the progress of the files of a model in parts", async () => {
    const seen: (readonly [number, number | undefined])[] = [];
    await readWeights("model.safetensors.index.json", new URL("model.safetensors.index.json", folder), {
      onProgress: (...each) => seen.push(each),
    });
    const whole = bytes.byteLength + index.length;
    expect(seen.at(-1)).toEqual([whole, whole]);
    for (const [loaded, total] of seen) expect(loaded).toBeLessThanOrEqual(total ?? Infinity);
  });

  it.each([
    ["nothing", /^DOWNLOAD_FAILED: a: .*answered 404/],
    ["short", /^DOWNLOAD_FAILED: a: the file cannot be downloaded: .*so 2 times/],
    ["huge", /INVALID_FILE: a: .*too large for the memory/],
  ])("refuses /%s of a server", async (path, said) => {
    const policy = { retries: 1, pauseMilliseconds: 1 };
    await expect(readWeights("a", new URL(path, host), policy)).rejects.toThrow(said);
  });

  it("refuses a file that is not there, and a folder", async () => {
    await expect(readWeights("a", new URL("none", folder))).rejects.toThrow(/^INVALID_FILE: a: .*ENOENT/);
    await expect(readWeights("a", folder)).rejects.toThrow(/^INVALID_FILE: a: .*EISDIR/);
  });

  it("stops when it is aborted", async () => {
    const signal = AbortSignal.abort();
    for (const source of [new URL("part.safetensors", folder), new URL("part.safetensors", host), bytes]) {
      await expect(readWeights("a", source, { signal })).rejects.toThrow(/^ABORTED/);
    }
    const abort = new AbortController();
    const reading = readWeights("a", new URL("part.safetensors", host), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(reading).rejects.toThrow(/^ABORTED/);
  });

  it.each(["../a.safetensors", "/etc/passwd", "http://example.com/a", "a\\b", "C:/a", "%2e%2e/a", ""])(
    "refuses the part %j, which may be outside the folder",
    async (path) => {
      const outside = new TextEncoder().encode(JSON.stringify({ weight_map: { a: path } }));
      await expect(readWeights("a", outside, { sibling: () => bytes })).rejects.toThrow(/leaves the folder/);
    },
  );

  it("refuses unknown options", async () => {
    await expect(readWeights("a", bytes, { progress: () => 0 } as object)).rejects.toThrow(/^INVALID_ATTRIBUTE/);
  });
});
