import { isRecord } from "../../options.js";
import { messageOf } from "../failure.js";

/** How long a thread may take to answer; the half of `startTimeout` if that is less. */
const ANSWER_TIMEOUT = 10_000;

/** The parts of a `Worker` used here, and what Emscripten uses of it. */
interface ThreadWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: unknown;
  postMessage(message: unknown, ...rest: readonly unknown[]): void;
  terminate(): void;
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
}

interface WorkerEvent {
  readonly data?: unknown;
  readonly message?: string;
  stopImmediatePropagation(): void;
}

type WorkerClass = new (...parameters: readonly unknown[]) => ThreadWorker;

/** Whose threads are watched, and what happens when one of them does not run. */
export interface ThreadWatch {
  /** Whether a worker is one of the runtime's threads. */
  readonly isThread: (url: string, name: string) => boolean;
  /** Has the runtime start with one thread. Called once, before it can go on. */
  readonly onLost: (reason: string) => void;
  /** Called when a thread has answered. */
  readonly progress?: () => void;
  readonly startTimeout?: number | undefined;
}

/**
 * Starts a runtime that Emscripten compiled with threads. It asks its workers to load and waits for their answers, for
 * ever if a worker's script is missing, forbidden or the program's own. Such a worker is answered for here, once the
 * runtime is told to use one thread.
 */
export async function watchThreads<T>(watch: ThreadWatch, start: () => Promise<T>): Promise<T> {
  const attendant = new Attendant(watch);
  attend(attendant);
  try {
    return await start();
  } finally {
    leave(attendant);
  }
}

class Attendant {
  readonly isThread: ThreadWatch["isThread"];
  readonly #watch: ThreadWatch;
  #isLost = false;

  constructor(watch: ThreadWatch) {
    this.isThread = watch.isThread;
    this.#watch = watch;
  }

  /** A worker, or its stand-in if it cannot run. */
  create(Original: WorkerClass, url: string, parameters: readonly unknown[]): ThreadWorker {
    if (isProgram(url)) {
      this.#lose(
        `its threads would run the program's own file ${url}: a bundler made one file of both. Build workers as ES modules, in Vite by worker: { format: "es" }`,
      );
      return new StandIn();
    }
    try {
      const worker = new Original(...parameters);
      this.#attend(worker);
      return worker;
    } catch (error) {
      this.#lose(`workers cannot be started: ${messageOf(error)}`);
      return new StandIn();
    }
  }

  #attend(worker: ThreadWorker): void {
    const { startTimeout = Infinity, progress } = this.#watch;
    const limit = Math.min(ANSWER_TIMEOUT, startTimeout / 2);
    let answer: object | undefined;
    let failure: string | undefined;
    let isAlive = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const giveUp = (reason: string): void => {
      failure ??= reason;
      if (isAlive || answer === undefined) return;
      isAlive = true;
      clearTimeout(timer);
      this.#lose(failure);
      worker.terminate();
      worker.onmessage?.({ data: answer });
    };
    // Before Emscripten's own handler, which throws the error into the page.
    worker.addEventListener("error", (event) => {
      if (isAlive) return;
      // A worker that was not asked to load may be the program's.
      if (answer !== undefined) event.stopImmediatePropagation();
      // The event of a script that cannot be loaded has no message.
      giveUp(`the script of a thread failed: ${event.message ?? "it cannot be loaded, or may not by worker-src"}`);
    });
    worker.addEventListener("message", ({ data }) => {
      if (isAlive || !isRecord(data) || !Object.values(data).includes("loaded")) return;
      isAlive = true;
      clearTimeout(timer);
      progress?.();
    });
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message, ...rest) => {
      post(message, ...rest);
      answer ??= answerTo(message);
      if (answer === undefined || isAlive || timer !== undefined) return;
      // Later, because the runtime begins to wait after it has posted the request.
      timer = setTimeout(
        () => giveUp(`a thread gave no answer for ${limit / 1000} s`),
        failure === undefined ? limit : 0,
      );
    };
  }

  #lose(reason: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#watch.onLost(reason);
  }
}

/** A worker that does nothing but answer that it is there. */
class StandIn implements ThreadWorker {
  onmessage: ThreadWorker["onmessage"] = null;
  onerror: unknown = null;

  postMessage(message: unknown): void {
    const data = answerTo(message);
    if (data !== undefined) queueMicrotask(() => this.onmessage?.({ data }));
  }

  terminate(): void {}

  addEventListener(): void {}
}

/** Emscripten's answer to its request to load. The name of the property depends on how the runtime was minified. */
function answerTo(message: unknown): object | undefined {
  if (!isRecord(message)) return undefined;
  const key = Object.keys(message).find((name) => message[name] === "load");
  return key === undefined ? undefined : { [key]: "loaded" };
}

/** Whether a script is the one that this worker, or a script element of this page, runs. */
function isProgram(url: string): boolean {
  const [location, document]: readonly unknown[] = ["location", "document"].map((name) =>
    Reflect.get(globalThis, name),
  );
  if (isRecord(location) && location["href"] === url) return true;
  const scripts: unknown = isRecord(document) ? document["scripts"] : undefined;
  return isList(scripts) && Array.from(scripts).some((script) => isRecord(script) && script["src"] === url);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && "length" in value;
}

/** Several runtimes may start at once; `Worker` is replaced while any does. */
const attendants = new Set<Attendant>();
let replaced: { readonly original: WorkerClass; readonly own: WorkerClass } | undefined;

function attend(attendant: Attendant): void {
  attendants.add(attendant);
  const original: unknown = Reflect.get(globalThis, "Worker");
  if (replaced !== undefined || !isWorkerClass(original)) return;
  const own = new Proxy(original, {
    construct(target, parameters: readonly unknown[]) {
      const [address, options] = parameters;
      const url = String(address);
      const name = isRecord(options) ? String(options["name"]) : "";
      const owner = [...attendants].find(({ isThread }) => isThread(url, name));
      return owner === undefined ? new target(...parameters) : owner.create(target, url, parameters);
    },
  });
  // Fails where the globals are frozen; the start then goes unwatched.
  if (Reflect.set(globalThis, "Worker", own)) replaced = { original, own };
}

function leave(attendant: Attendant): void {
  attendants.delete(attendant);
  if (attendants.size > 0 || replaced === undefined) return;
  // Code that has replaced it meanwhile calls this one, which only passes calls on.
  if (Reflect.get(globalThis, "Worker") === replaced.own) Reflect.set(globalThis, "Worker", replaced.original);
  replaced = undefined;
}

function isWorkerClass(value: unknown): value is WorkerClass {
  return typeof value === "function";
}
