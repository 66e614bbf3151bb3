import { afterEach, describe, expect, it, vi } from "vitest";
import { WasmDownloads } from "./wasm-downloads.js";

afterEach(() => vi.unstubAllGlobals());

const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

function answering(respond: () => Response | Promise<Response>): void {
  vi.stubGlobal("fetch", async () => respond());
}

/** A runtime that fetches a file and fails, whatever it gets. */
async function problemOf(respond: () => Response | Promise<Response>): Promise<string | undefined> {
  answering(respond);
  const downloads = new WasmDownloads();
  const starting = downloads.during(async () => {
    await fetch("https://page.example/a.wasm?v=1").catch(() => {});
    throw new Error("Aborted");
  });
  await expect(starting).rejects.toThrow("Aborted");
  return downloads.problem();
}

const typed = (type: string, status = 200): ResponseInit => ({ status, headers: { "Content-Type": type } });

describe("what is wrong with a file", () => {
  it.each([
    [
      "a file that is not there",
      () => new Response("", typed("text/plain", 404)),
      /^your server answered 404 for .*a\.wasm;/,
    ],
    [
      "a page instead of it",
      () => new Response("<!doctype html>", typed("text/html")),
      /^your server returned HTML for .*a\.wasm \(status 200\)/,
    ],
    ["other bytes", () => new Response("RIFF"), /a\.wasm is no WebAssembly: it begins with 52 49 46 46/],
    [
      "no answer",
      () => Promise.reject(new TypeError("Failed to fetch")),
      /a\.wasm cannot be fetched: Failed to fetch; .*connect-src/,
    ],
  ])("%s is named", async (_case, respond, expected) => {
    expect(await problemOf(respond)).toMatch(expected);
  });

  it("is nothing for WebAssembly, and a remark if its media type is another", async () => {
    expect(await problemOf(() => new Response(WASM, typed("application/wasm")))).toBeUndefined();
    answering(() => new Response(WASM, typed("text/plain")));
    const downloads = new WasmDownloads();
    await downloads.during(async () => (await fetch("/a.wasm")).arrayBuffer());
    expect(await downloads.problem()).toBeUndefined();
    expect(downloads.remarks).toEqual(["serve /a.wasm as application/wasm: it starts faster"]);
  });
});

it("a server that never answers does not keep a failed start waiting", async () => {
  answering(() => new Promise(() => {}));
  const downloads = new WasmDownloads();
  const starting = downloads.during(async () => {
    void fetch("/a.wasm");
    throw new Error("Aborted");
  });
  await expect(starting).rejects.toThrow("Aborted");
  expect(await downloads.problem()).toBeUndefined();
});

it("every chunk is progress, and the runtime receives all of them", async () => {
  const chunks = [WASM, new Uint8Array(100), new Uint8Array(50)];
  answering(() => new Response(ReadableStream.from(chunks) as ReadableStream<Uint8Array>, typed("application/wasm")));
  const progress = vi.fn<() => void>();
  const downloads = new WasmDownloads(progress);
  const bytes = await downloads.during(async () => (await fetch("/a.wasm")).arrayBuffer());
  await downloads.problem();
  expect(bytes.byteLength).toBe(158);
  expect(progress).toHaveBeenCalledTimes(3);
  expect(downloads.stage).toBe("after 158 bytes of /a.wasm");
});

it("overlapping starts leave fetch as it was, in whatever order they end", async () => {
  const original = vi.fn<typeof fetch>(async () => new Response(WASM, typed("application/wasm")));
  vi.stubGlobal("fetch", original);
  const ends: (() => void)[] = [];
  const waiting = [0, 1].map(() =>
    new WasmDownloads().during(() => new Promise<void>((resolve) => void ends.push(resolve))),
  );
  expect(fetch).not.toBe(original);
  ends[0]?.();
  await waiting[0];
  expect(fetch).not.toBe(original);
  ends[1]?.();
  await waiting[1];
  expect(fetch).toBe(original);
});

it("other requests are passed on unread", async () => {
  const respond = vi.fn<() => Response>(() => new Response("{}", typed("application/json", 500)));
  answering(respond);
  const downloads = new WasmDownloads();
  await downloads.during(async () => (await fetch("/data.json")).text());
  expect([respond.mock.calls.length, await downloads.problem(), downloads.stage]).toEqual([1, undefined, undefined]);
});
