import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { isIsoconvError, type IsoconvError } from "@isoconv/core-spec";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readWeights } from "../read-weights.js";
import { writeSafetensors } from "../write-safetensors.js";
import { downloadToCache, type CacheOptions } from "./download-to-cache.js";
import {
  breakHalfway,
  inTurn,
  serve,
  serveHalf,
  startServer,
  status,
  unconditionally,
  type Answer,
  type TestServer,
} from "./server.test.support.js";

const data = Float32Array.from({ length: 30_000 }, (_, index) => index);
const bytes = writeSafetensors({ a: { dtype: "float32", shape: [data.length], data } });
const other = bytes.toReversed();
const sha256 = createHash("sha256").update(bytes).digest("hex");

let server: TestServer;
let cache: string;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "isoconv-cache-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

/** Each test has a path of its own. */
let paths = 0;
const newPath = (): string => `${(paths += 1)}/model.safetensors`;

const quick = { retries: 3, pauseMilliseconds: 1 } as const;

function download(path: string, options: CacheOptions = {}): Promise<URL | Blob> {
  return downloadToCache(server.address(path), { cache, ...quick, ...options });
}

/** The SHA-256 of a file in the cache: files are too long to be compared byte by byte. */
async function sumOf(address: URL | Blob): Promise<string> {
  return createHash("sha256")
    .update(await readFile(address as URL))
    .digest("hex");
}

async function failureOf(result: Promise<unknown>): Promise<IsoconvError> {
  const error = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isIsoconvError(error)) return error;
  throw new Error("did not fail with an IsoconvError", { cause: error });
}

/** The files in the cache, without the folders that they are in. */
async function filesInCache(): Promise<readonly string[]> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
}

describe("downloadToCache", () => {
  it("keeps a file under its name, which is then taken from there", async () => {
    const path = newPath();
    server.answer(path, serve(bytes));
    const seen: (readonly [number, number | undefined])[] = [];
    const file = await download(path, { sha256, onProgress: (...each) => seen.push(each) });
    expect(await sumOf(file)).toBe(sha256);
    expect(seen.at(-1)).toEqual([bytes.byteLength, bytes.byteLength]);
    expect(await download(path, { offline: true })).toEqual(file);
    expect(server.ranges(path)).toHaveLength(1);
    expect(await filesInCache()).toEqual(["model.safetensors"]);
    expect((await readWeights("model", file)).tensors.get("a")?.shape).toEqual([data.length]);
  });

  it("goes on where the connection broke off", async () => {
    const path = newPath();
    const { answer, onProgress } = breakHalfway(bytes);
    server.answer(path, inTurn(answer, serve(bytes)));
    expect(await sumOf(await download(path, { sha256, onProgress }))).toBe(sha256);
    expect(server.ranges(path)).toEqual([undefined, `bytes=${bytes.byteLength / 2}-`]);
  });

  it("goes on where the connection brought nothing more", async () => {
    const path = newPath();
    server.answer(path, inTurn(serveHalf(bytes), serve(bytes)));
    expect(await sumOf(await download(path, { sha256, idleMilliseconds: 200 }))).toBe(sha256);
    expect(server.ranges(path)).toEqual([undefined, `bytes=${bytes.byteLength / 2}-`]);
  });

  it("starts again where the server cannot say whether the file is the same", async () => {
    const path = newPath();
    const { answer, onProgress } = breakHalfway(bytes, "");
    server.answer(path, inTurn(answer, serve(bytes)));
    expect(await sumOf(await download(path, { onProgress }))).toBe(sha256);
    expect(server.ranges(path)).toEqual([undefined, undefined]);
  });

  it("takes Last-Modified where the tag is weak", async () => {
    const path = newPath();
    const conditions: unknown[] = [];
    const dated =
      (answer: Answer): Answer =>
      (request, response, count) => {
        conditions.push(request.headers["if-range"]);
        response.setHeader("last-modified", "Tue, 01 Dec 2026 00:00:00 GMT");
        answer(request, response, count);
      };
    const { answer, onProgress } = breakHalfway(bytes, 'W/"1"');
    server.answer(path, inTurn(dated(answer), dated(unconditionally(serve(bytes, 'W/"1"')))));
    expect(await sumOf(await download(path, { onProgress }))).toBe(sha256);
    expect(conditions).toEqual([undefined, "Tue, 01 Dec 2026 00:00:00 GMT"]);
    expect(server.ranges(path)).toEqual([undefined, `bytes=${bytes.byteLength / 2}-`]);
  });

  it.each<[string, Answer, number]>([
    ["and sends the new one", serve(bytes, '"2"'), 2],
    ["and sends the rest of the new one, whatever was asked for", unconditionally(serve(bytes, '"2"')), 3],
    ["and is shorter", inTurn(status(416, { "content-range": "bytes */10" }), serve(bytes, '"2"')), 3],
  ])("starts again where the server has changed the file meanwhile %s", async (_, then, requests) => {
    const path = newPath();
    const { answer, onProgress } = breakHalfway(other);
    server.answer(path, (request, response, count) =>
      count === 1 ? answer(request, response, count) : then(request, response, count - 1),
    );
    expect(await sumOf(await download(path, { sha256, onProgress }))).toBe(sha256);
    expect(server.ranges(path)).toHaveLength(requests);
  });

  it("goes on with the part that an aborted download left", async () => {
    const path = newPath();
    server.answer(path, inTurn(serveHalf(bytes), serve(bytes)));
    const abort = new AbortController();
    const aborted = download(path, {
      signal: abort.signal,
      onProgress: (loaded) => {
        if (loaded === bytes.byteLength / 2) abort.abort();
      },
    });
    expect((await failureOf(aborted)).code).toBe("ABORTED");
    expect(await sumOf(await download(path, { sha256 }))).toBe(sha256);
    expect(server.ranges(path)).toEqual([undefined, `bytes=${bytes.byteLength / 2}-`]);
    expect(await filesInCache()).toEqual(["model.safetensors"]);
  });

  it("downloads the whole where a part that was left is of other bytes", async () => {
    const path = newPath();
    // The server calls both versions the same.
    const { answer, onProgress } = breakHalfway(other);
    server.answer(path, inTurn(answer, serve(bytes)));
    await failureOf(download(path, { retries: 0, onProgress }));
    expect(await sumOf(await download(path, { sha256 }))).toBe(sha256);
    expect(server.ranges(path)).toEqual([undefined, `bytes=${bytes.byteLength / 2}-`, undefined]);
  });

  it("follows redirections, and takes compressed answers", async () => {
    const [path, target] = [newPath(), newPath()];
    server.answer(path, status(302, { location: `/${target}` }));
    server.answer(target, (_request, response) =>
      response.setHeader("content-encoding", "gzip").end(gzipSync(bytes, { level: 1 })),
    );
    expect(await sumOf(await download(path, { sha256 }))).toBe(sha256);
  });

  it("waits where the server asks for it, and tries again", async () => {
    const path = newPath();
    const busy = status(429, { "retry-after": "0" });
    server.answer(path, inTurn(busy, status(503), status(500), serve(bytes)));
    expect(await sumOf(await download(path))).toBe(sha256);
    expect(server.ranges(path)).toHaveLength(4);
  });

  it("downloads from a mirror what it keeps under the file's own address", async () => {
    const [path, mirror] = [newPath(), newPath()];
    server.answer(mirror, serve(bytes));
    const file = await download(path, { mirror: server.address(mirror) });
    expect(await download(path, { offline: true })).toEqual(file);
    expect(server.ranges(path)).toEqual([]);
  });

  it("has one download for calls at the same time, which goes on until all have left", async () => {
    const path = newPath();
    server.answer(path, inTurn(serveHalf(bytes), serve(bytes)));
    const abort = new AbortController();
    const left = download(path, { idleMilliseconds: 200, signal: abort.signal, onProgress: () => abort.abort() });
    const stayed = [download(path), download(path)];
    expect((await failureOf(left)).code).toBe("ABORTED");
    const [first, second] = await Promise.all(stayed);
    expect(second).toEqual(first);
    expect(server.ranges(path)).toHaveLength(2);
  });
});

describe("a download that fails", () => {
  it.each<[string, Answer, RegExp, number]>([
    ["the server does not have it", status(404), /the server answered 404 Not Found\. Check the address$/, 1],
    ["the server wants a login", status(401), /answered 401 .*wants a login/, 1],
    ["the server stays busy", status(503), /answered 503 .*so 4 times/, 4],
    ["the server asks for a long pause", status(429, { "retry-after": "3600" }), /asks to wait 3600 s\. Try again/, 1],
    ["the connection always breaks off", serveHalf(bytes, (response) => response.destroy(), ""), /so 4 times/, 4],
    [
      "the server sends a page",
      (_, response) => response.end("<!DOCTYPE html><p>"),
      /sent an HTML page in its place/,
      1,
    ],
    ["the server sends a message", (_, response) => response.end('{"error":"no"}'), /sent JSON in its place/, 1],
    ["the server sends nothing", (_, response) => response.end(), /sent nothing in its place/, 1],
    [
      "the server says that there is less",
      (_, response) => response.writeHead(200, { "content-length": bytes.byteLength - 4 }).end(bytes),
      /SHA-256|more bytes came|so 4 times/,
      1,
    ],
    ["its bytes are others", serve(other), new RegExp(`expected a SHA-256 that starts with ${sha256}, got`), 1],
    ["it ends early, without a length", (_, response) => response.end(bytes.subarray(0, 9000)), /SHA-256/, 1],
  ])("because %s leaves no file", async (_, answer, said, requests) => {
    const path = newPath();
    server.answer(path, answer);
    const failure = await failureOf(download(path, { sha256 }));
    expect(failure.message).toMatch(/^DOWNLOAD_FAILED: model\.safetensors: the file cannot be downloaded: /);
    expect(failure.message).toMatch(said);
    expect(server.ranges(path).length).toBeGreaterThanOrEqual(requests);
    if (requests > 1) expect(server.ranges(path)).toHaveLength(requests);
    expect(await filesInCache()).toEqual([]);
  });

  it("because the port is closed names the reason", async () => {
    const failure = await failureOf(downloadToCache(new URL("http://127.0.0.1:1/a.pth"), { cache, ...quick }));
    expect(failure.message).toMatch(/^DOWNLOAD_FAILED: a\.pth: .*(ECONNREFUSED|bad port).*, and so 4 times/);
  });

  it("because downloads are switched off asks no server", async () => {
    const path = newPath();
    vi.stubEnv("ISOCONV_OFFLINE", "1");
    expect((await failureOf(download(path))).message).toMatch(/not in the cache .*ISOCONV_OFFLINE$/);
    expect((await failureOf(download(path, { offline: true }))).message).toMatch(/switched off/);
    expect(server.ranges(path)).toEqual([]);
  });

  it("because the cache cannot be written says so", async () => {
    const path = newPath();
    server.answer(path, serve(bytes));
    await download(path);
    const file = join(cache, (await readdir(cache))[0], "model.safetensors");
    const failure = await failureOf(download(newPath(), { cache: file }));
    expect(failure.message).toMatch(/^DOWNLOAD_FAILED: .*cannot be written \(ENOTDIR.*ISOCONV_CACHE$/);
  });

  it("because the caller's own code throws has that error", async () => {
    const path = newPath();
    server.answer(path, serve(bytes));
    const onProgress = (): never => {
      throw new RangeError("mine");
    };
    await expect(download(path, { onProgress })).rejects.toThrow(RangeError);
    await expect(readWeights("a", server.address(path), { onProgress })).rejects.toThrow(RangeError);
  });

  it("is refused for wrong options", async () => {
    await expect(download(newPath(), { sha256: "xyz" })).rejects.toThrow(/^INVALID_ATTRIBUTE: .*hexadecimal/);
    await expect(download(newPath(), { retries: -1 })).rejects.toThrow(/^INVALID_ATTRIBUTE: .*retries/);
    await expect(download(newPath(), { folder: "a" } as object)).rejects.toThrow(/no such option/);
  });
});
