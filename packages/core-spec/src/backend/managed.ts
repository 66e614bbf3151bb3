import { checkEngine } from "../engine.js";
import { IsoconvError } from "../error.js";
import { shapesOf, type Graph } from "../graph/graph.js";
import { optionChecks } from "../option-checks.js";
import { checkOptions, type KnownOptions } from "../options.js";
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
import { checkCapabilities, type Capabilities } from "./capabilities.js";
import { abortError, attempt, checkAborted, withCode } from "./failure.js";
import {
  batchTooLarge,
  checkFeeds,
  copyFeeds,
  emptyResults,
  largestBatch,
  mostElements,
  type BoundFeeds,
} from "./feeds.js";
import { prepareGraph } from "./prepare.js";
import { SerialQueue } from "./queue.js";

/** What an adapter implements; `manageBackend` adds validation, passes, queueing and lifetime. */
export interface Driver {
  readonly id: string;
  readonly capabilities: Capabilities;
  /** The passes applied unless the caller replaces them; the default passes if absent. */
  readonly passes?: readonly Pass[];
  /** Receives a graph whose operations are all supported, and parameters that match it. */
  load(network: Network): Promise<Program>;
  memory(): MemoryInfo;
  dispose?(): Promise<void>;
}

/** A loaded graph. `run` is never called concurrently within one backend, nor after `dispose`. */
export interface Program {
  /**
   * Promises that `run` reads its feeds before its first await and does not change them. If the queue is idle, `run`
   * then receives the caller's own arrays instead of a copy.
   */
  readonly readsFeedsAtOnce?: true;
  run(feeds: BoundFeeds, signal: AbortSignal | undefined): Promise<Results>;
  dispose(): Promise<void>;
}

/**
 * Makes a backend of a driver.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for capabilities with unknown values, `BACKEND_UNAVAILABLE` in engines that are
 *   too old
 */
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
    checkEngine();
    checkCapabilities(driver.capabilities);
    this.id = driver.id;
    this.capabilities = deepFreeze(driver.capabilities);
    this.#driver = driver;
  }

  async compile(graph: Graph, parameters: Parameters, options: CompileOptions = {}): Promise<Executable> {
    if (this.#disposal !== undefined) throw disposed("backend", this.id);
    const { written, ...network } = prepareGraph(
      graph,
      parameters,
      options,
      this.capabilities,
      this.#driver.passes ?? defaultPasses,
    );
    return this.#queue.run(() => this.#load(written, network));
  }

  async #load(written: Graph, network: Network): Promise<Executable> {
    if (this.#disposal !== undefined) throw disposed("backend", this.id);
    const program = await attempt(() => this.#driver.load(network));
    if (this.#disposal !== undefined) {
      await attempt(() => program.dispose());
      throw disposed("backend", this.id);
    }
    return this.#adopt(written, program);
  }

  /**
   * A method of its own, not part of `#load`: closures made in the scope of `#load` would keep its parameters alive.
   */
  #adopt(written: Graph, program: Program): Executable {
    const most = mostElements(this.capabilities.limits);
    const executable = new ManagedExecutable(written, most, program, this.#queue, {
      whyDisposed: () =>
        this.#disposal === undefined ? disposed("executable", written.name) : disposed("backend", this.id),
      forget: () => void this.#executables.delete(executable),
    });
    this.#executables.add(executable);
    return executable;
  }

  memory(): MemoryInfo {
    return this.#driver.memory();
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#tearDown();
    return this.#disposal;
  }

  async #tearDown(): Promise<void> {
    // From now on executables refuse further runs; each is freed after its earlier runs have ended.
    const executables = await Promise.allSettled([...this.#executables].map((executable) => executable.dispose()));
    await this.#queue.idle();
    const driver = await Promise.allSettled([attempt(async () => this.#driver.dispose?.())]);
    const failed = [...executables, ...driver].find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

const RUN_OPTIONS: KnownOptions<RunOptions> = { known: { signal: optionChecks.signal } };

/** The parts of its backend that an executable uses. */
interface Owner {
  readonly whyDisposed: () => IsoconvError;
  readonly forget: () => void;
}

class ManagedExecutable implements Executable {
  readonly graph: Graph;
  readonly #shapes: ReadonlyMap<string, Shape>;
  /** Whether every output is empty at any batch size. */
  readonly #isEmpty: boolean;
  /** The largest number of elements of a tensor. */
  readonly #mostElements: number;
  /** The largest batch at which no value of the graph has more elements than that. */
  readonly #largestBatch: number;
  readonly #program: Program;
  readonly #queue: SerialQueue;
  readonly #owner: Owner;
  #disposal: Promise<void> | undefined;

  constructor(graph: Graph, mostElements: number, program: Program, queue: SerialQueue, owner: Owner) {
    this.graph = graph;
    this.#shapes = shapesOf(graph);
    this.#isEmpty = emptyResults(graph, this.#shapes, 1) !== undefined;
    this.#mostElements = mostElements;
    this.#largestBatch = largestBatch(graph, mostElements);
    this.#program = program;
    this.#queue = queue;
    this.#owner = owner;
  }

  async run(feeds: Feeds, options?: RunOptions): Promise<Results> {
    if (this.#disposal !== undefined) throw this.#owner.whyDisposed();
    // Most runs have no options, and a small network runs in 40 µs.
    if (options !== undefined) checkOptions(options, RUN_OPTIONS, { op: "run" });
    const signal = options?.signal;
    checkAborted(signal);
    const bound = checkFeeds(this.graph, feeds);
    if (bound.batch > this.#largestBatch) throw batchTooLarge(bound.batch, this.#largestBatch, this.#mostElements);
    const empty = bound.batch === 0 || this.#isEmpty ? emptyResults(this.graph, this.#shapes, bound.batch) : undefined;
    if (empty !== undefined) return empty;
    if (this.#program.readsFeedsAtOnce !== true || !this.#queue.tryEnter()) {
      return attempt(() => this.#enqueue(copyFeeds(bound), signal));
    }
    // The queue is idle: the shortest path, for networks that run in microseconds.
    try {
      return await this.#program.run(bound, signal);
    } catch (error) {
      throw withCode(error);
    } finally {
      this.#queue.leave();
    }
  }

  /** Rejects on an abort while the run still waits in the queue, and drops the copy of its feeds. */
  #enqueue(copied: BoundFeeds, signal: AbortSignal | undefined): Promise<Results> {
    let waiting: BoundFeeds | undefined = copied;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        waiting = undefined;
        reject(abortError(signal));
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#queue
        .run(async () => {
          signal?.removeEventListener("abort", abort);
          const feeds = waiting;
          if (feeds !== undefined) resolve(await this.#program.run(feeds, signal));
        })
        .catch(reject);
    });
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#queue.run(async () => {
      // Not synchronously: an adapter that disposes again from within must find the disposal in progress.
      await Promise.resolve();
      await attempt(() => this.#program.dispose()).finally(this.#owner.forget);
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

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
