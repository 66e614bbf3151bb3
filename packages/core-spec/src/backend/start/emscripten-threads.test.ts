import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchThreads } from "./emscripten-threads.js";

type Behaviour = "answers" | "is silent" | "fails" | "throws";
let behaviour: Behaviour;
let created: FakeWorker[];

interface FakeEvent {
  readonly data?: unknown;
  readonly message?: string;
  stopImmediatePropagation(): void;
}

class FakeWorker {
  onmessage: ((event: FakeEvent) => void) | null = null;
  onerror: ((event: FakeEvent) => void) | null = null;
  isTerminated = false;
  readonly #listeners: [string, (event: FakeEvent) => void][] = [];

  constructor(readonly url: string) {
    if (behaviour === "throws") throw new Error("SecurityError");
    created.push(this);
    if (behaviour === "fails") queueMicrotask(() => this.#emit("error", {}));
  }

  addEventListener(type: string, listener: (event: FakeEvent) => void): void {
    this.#listeners.push([type, listener]);
  }

  postMessage(): void {
    if (behaviour === "answers") queueMicrotask(() => this.#emit("message", { data: { Rb: "loaded" } }));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  #emit(type: "error" | "message", event: { readonly data?: unknown }): void {
    let isStopped = false;
    const full = { ...event, stopImmediatePropagation: () => void (isStopped = true) };
    for (const [wanted, listener] of this.#listeners) if (wanted === type) listener(full);
    if (!isStopped) this[`on${type}`]?.(full);
  }
}

/** Starts two threads as Emscripten does, and waits for both. */
async function emscripten(url: string): Promise<string> {
  const workers = [0, 1].map(() => new Worker(url, { type: "module", name: "em-pthread" }));
  await Promise.resolve();
  const answers = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        // Emscripten sets the properties.
        Object.assign(worker, {
          onmessage: ({ data }: { data: { Rb: string } }) => void (data.Rb === "loaded" && resolve()),
          onerror: reject,
        });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is no window
        worker.postMessage({ Rb: "load", memory: 1 });
      }),
  );
  await Promise.all(answers);
  return "started";
}

declare const Worker: new (url: string, options: object) => { postMessage(message: object): void };

beforeEach(() => {
  created = [];
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("location", { href: "https://page.example/worker.js", origin: "https://page.example" });
});
afterEach(() => vi.unstubAllGlobals());

async function start(
  url: string,
  startTimeout?: number,
): Promise<{ readonly result: string; readonly lost: string[] }> {
  const lost: string[] = [];
  const watch = {
    isThread: (_url: string, name: string) => name === "em-pthread",
    onLost: (reason: string) => void lost.push(reason),
    startTimeout,
  };
  const result = await watchThreads(watch, () => emscripten(url));
  expect(Reflect.get(globalThis, "Worker")).toBe(FakeWorker);
  return { result, lost };
}

describe("a runtime with threads starts", () => {
  it("on threads that answer", async () => {
    behaviour = "answers";
    expect(await start("https://page.example/runtime.js")).toEqual({ result: "started", lost: [] });
    expect(created.map(({ isTerminated }) => isTerminated)).toEqual([false, false]);
  });

  it.each([
    ["fails", /^the script of a thread failed: it cannot be loaded/],
    ["is silent", /^a thread gave no answer for 0.02 s/],
    ["throws", /^workers cannot be started: SecurityError/],
  ] as const)("without them if a thread %s, and says why once", async (how, reason) => {
    behaviour = how;
    const { result, lost } = await start("https://page.example/runtime.js", 40);
    expect([result, lost]).toEqual(["started", [expect.stringMatching(reason)]]);
    expect(created.every(({ isTerminated }) => isTerminated)).toBe(true);
  });

  it.each(["a worker", "a page"])("without them if they would run the program of %s again", async (host) => {
    behaviour = "is silent";
    if (host === "a page") vi.stubGlobal("document", { scripts: [{ src: "https://page.example/main.js" }] });
    const { result, lost } = await start(`https://page.example/${host === "a page" ? "main" : "worker"}.js`);
    expect([result, lost]).toEqual(["started", [expect.stringContaining("the program's own file")]]);
    expect(created).toEqual([]);
  });

  it("and leaves other workers alone", async () => {
    behaviour = "throws";
    const watch = { isThread: () => false, onLost: vi.fn<() => void>() };
    await expect(watchThreads(watch, async () => new Worker("x.js", {}))).rejects.toThrow("SecurityError");
    expect(watch.onLost).not.toHaveBeenCalled();
  });
});
