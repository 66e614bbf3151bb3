/// <reference lib="dom" preserve="true" />
import { isWasmType, wasmProblem } from "@isoconv/core-spec";

/** A server's response for a WebAssembly file. */
export interface WasmFile {
  readonly url: string;
  /** What is wrong with it and what to do; `null` for WebAssembly. */
  readonly problem: string | null;
  /** Whether the browser cannot compile it while it arrives, because its media type is wrong. */
  readonly slowly: boolean;
}

/** Enough bytes to recognise WebAssembly and HTML. */
const START_BYTES = 64;

/**
 * The addresses of the WebAssembly files that the page has requested since a point in time.
 *
 * @param since in the time of `performance.now()`
 */
export function requestedWasmFiles(since: number): readonly string[] {
  const requests = performance.getEntriesByType("resource").filter(({ startTime }) => startTime >= since);
  const names = requests.map(({ name }) => name).filter((name) => name.split(/[?#]/)[0].endsWith(".wasm"));
  return [...new Set(names)];
}

/** Fetches a file from the server and checks whether it starts like WebAssembly. */
export async function checkWasmFile(url: string): Promise<WasmFile> {
  try {
    const path = new URL(url, location.href).pathname;
    const response = await fetch(url, { cache: "no-store" });
    const start = await firstBytes(response);
    const type = response.headers.get("Content-Type") ?? "";
    const problem = wasmProblem({ path, status: response.status, type, start }) ?? null;
    return { url, problem, slowly: problem === null && !isWasmType(type) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = "another origin must allow it by Access-Control-Allow-Origin";
    return { url, problem: `${url} cannot be fetched: ${reason}; ${hint}`, slowly: false };
  }
}

/** Reads only the first bytes, because files of runtimes have megabytes; the first chunk may have fewer bytes. */
async function firstBytes({ body }: Response): Promise<Uint8Array> {
  if (body === null) return Uint8Array.of();
  const bytes: number[] = [];
  const reader = body.getReader();
  while (bytes.length < START_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.push(...value.subarray(0, START_BYTES));
  }
  await reader.cancel();
  return Uint8Array.from(bytes);
}
