import { afterEach, expect, it, vi } from "vitest";
import { checkWasmFile, requestedWasmFiles } from "./wasm-files.js";

afterEach(() => vi.unstubAllGlobals());

/** A page whose server answers in these chunks, and then ends or breaks. */
function serve(chunks: readonly (readonly number[])[], end: "ends" | "breaks" = "ends"): void {
  vi.stubGlobal("location", { href: "https://page.example/" });
  vi.stubGlobal("fetch", async (url: string) => {
    if (!URL.canParse(url, "https://page.example/")) throw new TypeError("Failed to parse URL");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(Uint8Array.from(chunk));
        if (end === "ends") controller.close();
      },
      pull(controller) {
        controller.error(new TypeError("network error"));
      },
    });
    return new Response(body, { headers: { "Content-Type": "application/wasm" } });
  });
}

it("recognises WebAssembly that arrives in small chunks", async () => {
  serve([
    [0, 0x61],
    [0x73, 0x6d, 1],
    [0, 0, 0],
  ]);
  expect(await checkWasmFile("/a.wasm")).toEqual({ url: "/a.wasm", problem: null, slowly: false });
  serve([
    [0x7f, 0x45],
    [0x4c, 0x46],
  ]);
  expect((await checkWasmFile("/a.wasm")).problem).toMatch(/^\/a\.wasm is no WebAssembly: it begins with 7f 45 4c 46/);
  serve([]);
  expect((await checkWasmFile("/a.wasm")).problem).toContain("it begins with nothing");
});

it("reports an invalid address and a response that breaks off as findings", async () => {
  serve([]);
  expect((await checkWasmFile("http://")).problem).toMatch(/^http:\/\/ cannot be fetched: Invalid URL/);
  serve([[0, 0x61]], "breaks");
  expect((await checkWasmFile("/a.wasm")).problem).toMatch(/^\/a\.wasm cannot be fetched: network error/);
});

it("lists files by the time of their request, also when requested before", () => {
  const rest = { duration: 0, entryType: "resource", toJSON: () => ({}) };
  const request = (name: string, startTime: number): PerformanceEntry => ({ ...rest, name, startTime });
  const requests = [request("/a.wasm", 1), request("/b.wasm", 2), request("/a.wasm", 3), request("/c.js", 3)];
  const entries = vi.spyOn(performance, "getEntriesByType").mockReturnValue(requests);
  expect(requestedWasmFiles(2)).toEqual(["/b.wasm", "/a.wasm"]);
  entries.mockRestore();
});
