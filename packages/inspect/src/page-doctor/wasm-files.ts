/// <reference lib="dom" preserve="true" />

/** A server's response for a WebAssembly file. */
export interface WasmFile {
  readonly url: string;
  /** What is wrong with it and what to do; `null` for WebAssembly. */
  readonly problem: string | null;
  /** Whether the browser cannot compile it while it arrives, because its media type is wrong. */
  readonly slowly: boolean;
}

const MAGIC = [0, 0x61, 0x73, 0x6d] as const;
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
