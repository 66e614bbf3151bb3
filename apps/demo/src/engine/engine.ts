import { WorkerError } from "./plain-error.js";
import type { FromWorker, TaskName, Tasks, ToWorker } from "./protocol.js";

export interface CallOptions<Event> {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: Event) => void) | undefined;
}

interface Pending {
  readonly message: ToWorker;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
  readonly onEvent: (event: unknown) => void;
}

/** A worker receives an abort only after a synchronous call into its runtime. After this long the worker is ended. */
const PATIENCE_MILLISECONDS = 400;

/** A worker, started by the first call. If it does not react to an abort it is ended; the next call starts another. */
export class Engine {
  #worker: Worker | undefined;
  #next = 0;
  readonly #pending = new Map<number, Pending>();

  /**
   * Runs a task in the worker.
   *
   * @throws WorkerError the error of the task; `ABORTED` soon after the signal is aborted
   */
  call<Name extends TaskName>(
    task: Name,
    given: Tasks[Name]["given"],
    { signal, onEvent }: CallOptions<Tasks[Name]["event"]> = {},
  ): Promise<Tasks[Name]["result"]> {
    if (signal?.aborted === true) return Promise.reject(aborted());
    const id = this.#next++;
    const message: ToWorker = { kind: "call", id, task, given };
    return new Promise<Tasks[Name]["result"]>((resolve, reject) => {
      const abort = (): void => this.#abort(id);
      const settle = (): void => signal?.removeEventListener("abort", abort);
      this.#pending.set(id, {
        message,
        signal,
        resolve: (result) => {
          settle();
          resolve(result as Tasks[Name]["result"]);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
        onEvent: (event) => onEvent?.(event as Tasks[Name]["event"]),
      });
      signal?.addEventListener("abort", abort, { once: true });
      this.#post(message);
    });
  }

  /** Ends the worker and frees its runtime and memory. Pending calls are aborted. */
  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#rejectAll(aborted());
  }

  #post(message: ToWorker): void {
    (this.#worker ??= this.#start()).postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    worker.addEventListener("error", ({ message }) => {
      if (this.#worker === worker) this.#worker = undefined;
      worker.terminate();
      this.#rejectAll(new WorkerError({ name: "Error", message: message || "the worker could not be loaded" }));
    });
    return worker;
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.kind === "event") {
      pending.onEvent(message.event);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === "result") pending.resolve(message.result);
    else pending.reject(new WorkerError(message.error));
  }

  #abort(id: number): void {
    const worker = this.#worker;
    worker?.postMessage({ kind: "abort", id } satisfies ToWorker);
    setTimeout(() => {
      if (this.#worker === worker) this.#insist(id);
    }, PATIENCE_MILLISECONDS);
  }

  /** Replaces the worker if the call is running; only drops the call if it has not started. */
  #insist(id: number): void {
    const call = this.#pending.get(id);
    if (call === undefined) return;
    const [oldest] = this.#pending.keys();
    if (id === oldest) {
      this.#replace();
      return;
    }
    this.#pending.delete(id);
    call.reject(aborted());
  }

  /** Ends a worker that does not react to an abort. Queued calls that were not aborted go to a new worker. */
  #replace(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const [id, { message, signal, reject }] of this.#pending) {
      if (signal?.aborted === true) {
        this.#pending.delete(id);
        reject(aborted());
      } else this.#post(message);
    }
  }

  #rejectAll(reason: WorkerError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
  }
}

function aborted(): WorkerError {
  return new WorkerError({ name: "AbortError", message: "stopped", code: "ABORTED" });
}
