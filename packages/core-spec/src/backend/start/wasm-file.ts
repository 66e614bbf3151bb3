/** What a server answered when it was asked for a WebAssembly file. */
export interface WasmAnswer {
  readonly path: string;
  readonly status: number;
  /** The header `Content-Type`; empty if there is none. */
  readonly type: string;
  /** The first bytes of the body. */
  readonly start: Uint8Array;
}

const MAGIC = [0, 0x61, 0x73, 0x6d] as const;

/** What is wrong with a server's answer, and what to do; `undefined` for WebAssembly. */
export function wasmProblem({ path, status, type, start }: WasmAnswer): string | undefined {
  const isFound = status >= 200 && status < 300;
  if (isFound && MAGIC.every((byte, i) => start[i] === byte)) return undefined;
  const serve = "serve the .wasm files of the runtime's package there";
  const isHtml = type.startsWith("text/html") || /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(start));
  if (isHtml) return `your server returned HTML for ${path} (status ${status}): the file is not there; ${serve}`;
  if (status !== 200) return `your server answered ${status} for ${path}; ${serve}`;
  const bytes = [...start.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `${path} is no WebAssembly: it begins with ${bytes === "" ? "nothing" : bytes}; ${serve}`;
}

/** Whether browsers compile a file of this media type while it arrives. */
export function isWasmType(type: string): boolean {
  return type.startsWith("application/wasm");
}
