import { messageOf } from "../failure.js";
import { isWasmType, wasmProblem } from "./wasm-file.js";

/** Enough bytes to recognise WebAssembly and HTML. */
const START_BYTES = 64;

/** How long to wait for what the runtime has already received; another file may never be answered. */
const READING_TIME = 500;

interface Download {
  readonly path: string;
  bytes: number;
}

/**
 * The WebAssembly files that a runtime fetches while it starts. The runtime's own error says little of them ("both async
 * and sync fetching of the wasm failed"), and nothing while bytes arrive.
 */
export class WasmDownloads {
  readonly #progress: () => void;
  readonly #problems = new Set<string>();
  readonly #remarks = new Set<string>();
  readonly #judgements: Promise<void>[] = [];
  #latest: Download | undefined;

  /** @param progress called when bytes arrive */
  constructor(progress: () => void = () => {}) {
    this.#progress = progress;
  }

  /**
   * What is wrong with the files, and what to do; `undefined` if nothing is known to be. Asked when the start has failed,
   * perhaps before the bytes that it failed at were read here.
   */
  async problem(): Promise<string | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, READING_TIME)));
    await Promise.race([Promise.all(this.#judgements), late]);
    clearTimeout(timer);
    return this.#problems.size === 0 ? undefined : [...this.#problems].join("; ");
  }

  /** What makes the start slower than it need be. */
  get remarks(): readonly string[] {
    return [...this.#remarks];
  }

  /** How much has arrived. */
  get stage(): string | undefined {
    if (this.#latest === undefined) return undefined;
    const { path, bytes } = this.#latest;
    return `after ${bytes} bytes of ${path}`;
  }

  /** Watches the files that are fetched during a start. */
  async during<T>(start: () => Promise<T>): Promise<T> {
    watch(this.#observe);
    try {
      return await start();
    } finally {
      unwatch(this.#observe);
    }
  }

  readonly #observe: Observer = (path, answer) => {
    const latest = { path, bytes: 0 };
    this.#latest = latest;
    const judged = new Promise<void>((resolve) => {
      answer
        .then((response) => this.#read(latest, response.clone(), resolve))
        .catch((error: unknown) => this.#problems.add(unreachable(path, error)))
        .finally(resolve);
    });
    this.#judgements.push(judged);
  };

  /** Judges a file by its first bytes, and counts the others. */
  async #read(latest: Download, { status, headers, body }: Response, judged: () => void): Promise<void> {
    const { path } = latest;
    const type = headers.get("Content-Type") ?? "";
    const start: number[] = [];
    const judge = (): void => {
      const problem = wasmProblem({ path, status, type, start: Uint8Array.from(start) });
      if (problem !== undefined) this.#problems.add(problem);
      else if (!isWasmType(type)) this.#remarks.add(`serve ${path} as application/wasm: it starts faster`);
      judged();
    };
    const reader = body?.getReader();
    let isJudged = false;
    for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
      latest.bytes += chunk.value.length;
      this.#progress();
      if (isJudged) continue;
      start.push(...chunk.value.subarray(0, START_BYTES));
      if (start.length < START_BYTES) continue;
      isJudged = true;
      judge();
    }
    if (!isJudged) judge();
  }
}

function unreachable(path: string, error: unknown): string {
  return `${path} cannot be fetched: ${messageOf(error)}; the server must be reached, another origin must allow it by Access-Control-Allow-Origin, and the page's Content-Security-Policy by connect-src`;
}

type Observer = (path: string, answer: Promise<Response>) => void;

/** Several runtimes may start at once; `fetch` is replaced while any does. */
const watching = new Set<Observer>();
let replaced: { readonly original: typeof fetch; readonly own: typeof fetch } | undefined;

function watch(observer: Observer): void {
  watching.add(observer);
  if (replaced !== undefined || typeof globalThis.fetch !== "function") return;
  const original = globalThis.fetch;
  const own: typeof fetch = (...request) => {
    const answer = original.apply(globalThis, request);
    const path = pathOf(request[0]);
    if (path.endsWith(".wasm")) for (const observe of watching) observe(path, answer);
    return answer;
  };
  // Fails where the globals are frozen; the start then goes unwatched.
  if (Reflect.set(globalThis, "fetch", own)) replaced = { original, own };
}

function unwatch(observer: Observer): void {
  watching.delete(observer);
  if (watching.size > 0 || replaced === undefined) return;
  // Code that has replaced it meanwhile calls this one, which only passes calls on.
  if (globalThis.fetch === replaced.own) globalThis.fetch = replaced.original;
  replaced = undefined;
}

/** The address without its query and hash; without the origin if it is the page's own. */
function pathOf(request: unknown): string {
  const text = typeof request === "object" && request !== null && "url" in request ? request.url : request;
  const [address = ""] = String(text).split(/[?#]/);
  const base: unknown = Reflect.get(globalThis, "location");
  const origin = typeof base === "object" && base !== null ? String(Reflect.get(base, "origin")) : "";
  return origin !== "" && address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
}
