import type { Graph } from "../graph/graph.js";
import type { Pass } from "../passes/pass.js";
import type { Tensors } from "../tensor.js";
import type { Capabilities } from "./capabilities.js";

/** A graph's parameters by name. */
export type Parameters = Tensors;
/** A graph's inputs by name. */
export type Feeds = Tensors;
/** A graph's outputs by name; they belong to the caller. */
export type Results = Tensors;

/** How to compile. */
export interface CompileOptions {
  /** Replaces the backend's own passes; `[]` compiles the graph unchanged. */
  readonly passes?: readonly Pass[] | undefined;
  /** Values to return in addition to the outputs, by their own names. No pass removes them. */
  readonly taps?: readonly string[] | undefined;
}

/** How to run. */
export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Live buffers a backend holds for its executables, for leak checks. */
export interface MemoryInfo {
  readonly buffers: number;
  readonly bytes: number;
}

/** Compilers without the library `esnext.disposable` know no such symbol; for them this is empty. */
type DisposalSymbol = SymbolConstructor["asyncDispose" & keyof SymbolConstructor];

/**
 * What `await using` disposes: `AsyncDisposable`, whose name is an error in declarations where the program is compiled
 * without the library `esnext.disposable`.
 */
type Disposable = { [S in DisposalSymbol]: () => PromiseLike<void> };

/** A runtime that compiles graphs. */
export interface Backend extends Disposable {
  /** For example `onnx-wasm` or `tfjs-cpu`. */
  readonly id: string;
  readonly capabilities: Capabilities;
  /**
   * Prepares a graph for running. Copies the parameters it keeps; they must not change before the promise settles.
   *
   * @throws IsoconvError `INVALID_GRAPH`, `INVALID_WEIGHTS` (missing, extra or misshapen parameters), `INVALID_DTYPE`,
   *   `INVALID_ATTRIBUTE` (an unknown option), `UNSUPPORTED`, `EXECUTION_FAILED`, `OUT_OF_MEMORY`, `DISPOSED`
   */
  compile(graph: Graph, parameters: Parameters, options?: CompileOptions): Promise<Executable>;
  memory(): MemoryInfo;
  /** Waits for runs in progress, then disposes every executable; rejects a compilation in progress. Idempotent. */
  dispose(): Promise<void>;
}

/** A compiled graph. Runs may be requested concurrently. */
export interface Executable extends Disposable {
  /** The graph as given to `compile`, with taps among its outputs. */
  readonly graph: Graph;
  /**
   * Runs the graph. Feeds may be reused as soon as the promise is returned.
   *
   * @throws IsoconvError `INVALID_FEED`, `INVALID_DTYPE`, `INVALID_ATTRIBUTE` (an unknown option), `EXECUTION_FAILED`,
   *   `OUT_OF_MEMORY`, `ABORTED`, `DISPOSED`
   */
  run(feeds: Feeds, options?: RunOptions): Promise<Results>;
  /** Waits for runs in progress, then frees the executable. Idempotent. */
  dispose(): Promise<void>;
}

/** Whether a backend can be created here, and if not, why and what to do. */
export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };
