import { IsoconvError } from "../error.js";
import { shapesOf, type Graph } from "../graph/graph.js";
import { defaultPasses } from "../passes/index.js";
import type { Network, Pass } from "../passes/pass.js";
import type { Shape } from "../shape.js";
import type {
  Backend,
  CompileOptions,
  Executable,
  Feeds,
  MemoryInfo,
  Parameters,
  Results,
  RunOptions,
} from "./backend.js";
import type { Capabilities } from "./capabilities.js";
import { bindFeeds, emptyResults, type BoundFeeds } from "./feeds.js";
import { prepareGraph } from "./prepare.js";
import { SerialQueue } from "./queue.js";

/** What an adapter supplies; `manageBackend` adds validation, passes, queueing and lifetime. */
export interface Driver {
  readonly id: string;
  readonly capabilities: Capabilities;
  /** Passes applied unless the caller says otherwise; the default passes if left out. */
  readonly passes?: readonly Pass[];
  /** Receives a graph whose every operation it handles, and parameters that fit it. */
  load(network: Network): Promise<Program>;
  memory(): MemoryInfo;
  dispose?(): Promise<void>;
}

/** A loaded graph. `run` is never called concurrently within one backend, nor after `dispose`. */
export interface Program {
  run(feeds: BoundFeeds, signal: AbortSignal | undefined): Promise<Results>;
  dispose(): Promise<void>;
}

/** Makes a backend of a driver. */
export function manageBackend(driver: Driver): Backend {
  return new ManagedBackend(driver);
}

class ManagedBackend implements Backend {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly #driver: Driver;
  readonly #queue = new SerialQueue();
  readonly #executables = new Set<ManagedExecutable>();
  #disposal: Promise<void> | undefined;

  constructor(driver: Driver) {
    this.id = driver.id;
    this.capabilities = deepFreeze(driver.capabilities);
    this.#driver = driver;
  }

  async compile(graph: Graph, parameters: Parameters, options: CompileOptions = {}): Promise<Executable> {
    this.#checkLive();
    const { written, ...network } = prepareGraph(
      graph,
      parameters,
      options,
      this.capabilities,
      this.#driver.passes ?? defaultPasses,
    );
    return this.#queue.run(async () => {
      const program = await this.#driver.load(network).catch(failure);
      const executable = new ManagedExecutable(written, program, this.#queue, () =>
        this.#executables.delete(executable),
      );
      this.#executables.add(executable);
      return executable;
    });
  }

  memory(): MemoryInfo {
    return this.#driver.memory();
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#tearDown();
    return this.#disposal;
  }

  async #tearDown(): Promise<void> {
    await this.#queue.idle();
    await Promise.all([...this.#executables].map((executable) => executable.dispose()));
    await this.#driver.dispose?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #checkLive(): void {
    if (this.#disposal !== undefined) throw disposed("backend", this.id);
  }
}

class ManagedExecutable implements Executable {
  readonly graph: Graph;
  readonly #shapes: ReadonlyMap<string, Shape>;
  readonly #program: Program;
  readonly #queue: SerialQueue;
  readonly #onDispose: () => void;
  #disposal: Promise<void> | undefined;

  constructor(graph: Graph, program: Program, queue: SerialQueue, onDispose: () => void) {
    this.graph = graph;
    this.#shapes = shapesOf(graph);
    this.#program = program;
    this.#queue = queue;
    this.#onDispose = onDispose;
  }

  async run(feeds: Feeds, { signal }: RunOptions = {}): Promise<Results> {
    if (this.#disposal !== undefined) throw disposed("executable", this.graph.name);
    checkAborted(signal);
    const bound = bindFeeds(this.graph, feeds);
    return (
      emptyResults(this.graph, this.#shapes, bound.batch) ??
      this.#queue.run(async () => {
        checkAborted(signal);
        return this.#program.run(bound, signal).catch(failure);
      })
    );
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#queue.run(async () => {
      await this.#program.dispose();
      this.#onDispose();
    });
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

function disposed(kind: string, name: string): IsoconvError {
  return new IsoconvError("DISPOSED", {
    what: `the ${kind} "${name}" has been disposed`,
    hint: `Create another ${kind}`,
  });
}

/** @throws IsoconvError `ABORTED`, with the signal's reason as its cause */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true)
    throw new IsoconvError("ABORTED", { what: "aborted by the caller", cause: signal.reason });
}

const MEMORY = /out of memory|allocation failed|bad_alloc|cannot enlarge memory|array buffer allocation/i;

/** Gives errors of a runtime a stable code; the original stays as the cause. */
function failure(cause: unknown): never {
  if (cause instanceof IsoconvError) throw cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (MEMORY.test(text)) {
    throw new IsoconvError("OUT_OF_MEMORY", {
      what: text,
      hint: "Use a smaller batch or input, or dispose executables no longer used",
      cause,
    });
  }
  throw new IsoconvError("EXECUTION_FAILED", { what: text, hint: "The runtime's own error is the cause", cause });
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
