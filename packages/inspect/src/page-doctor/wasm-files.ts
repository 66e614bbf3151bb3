/// <reference lib="dom" preserve="true" />

/** What the server sends for a WebAssembly file. */
export interface WasmFile {
  readonly url: string;
  /** What is wrong with it, and what to do; `null` for WebAssembly. */
  readonly problem: string | null;
  /** WebAssembly that the browser cannot compile while it arrives, for want of its media type. */
  readonly slowly: boolean;
}

const MAGIC = [0, 0x61, 0x73, 0x6d] as const;
/** Enough to know WebAssembly, and HTML, by. */
const START_BYTES = 64;

/**
 * The WebAssembly files that the page has asked for since then, by their addresses.
 *
 * @param since as `performance.now()` tells it
 */
export function requestedWasmFiles(since: number): readonly string[] {
  const requests = performance.getEntriesByType("resource").filter(({ startTime }) => startTime >= since);
  const names = requests.map(({ name }) => name).filter((name) => name.split(/[?#]/)[0].endsWith(".wasm"));
  return [...new Set(names)];
}

/** Fetches a file from the server itself and looks whether it begins as WebAssembly does. */
export async function checkWasmFile(url: string): Promise<WasmFile> {
  try {
    const path = new URL(url, location.href).pathname;
    const response = await fetch(url, { cache: "no-store" });
    const start = await firstBytes(response);
    const type = response.headers.get("Content-Type") ?? "";
    const isWasm = response.ok && MAGIC.every((byte, i) => start[i] === byte);
    if (isWasm) return { url, problem: null, slowly: !type.startsWith("application/wasm") };
    return { url, problem: problemOf(path, response.status, type, start), slowly: false };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = "another origin must allow it by Access-Control-Allow-Origin";
    return { url, problem: `${url} cannot be fetched: ${reason}; ${hint}`, slowly: false };
  }
}

function problemOf(path: string, status: number, type: string, start: Uint8Array): string {
  const serve = "serve the .wasm files of the runtime's package there";
  const isHtml = type.startsWith("text/html") || /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(start));
  if (isHtml) return `your server returned HTML for ${path} (status ${status}): the file is not there; ${serve}`;
  if (status !== 200) return `your server answered ${status} for ${path}; ${serve}`;
  const bytes = [...start.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `${path} is no WebAssembly: it begins with ${bytes === "" ? "nothing" : bytes}; ${serve}`;
}

/** Files of runtimes have megabytes, of which a few bytes will do; the first chunk may have fewer. */
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
