import { IsoconvError } from "../error.js";
import { shapesOf, type Graph, type Node } from "../graph/graph.js";
import { lastUses } from "../graph/last-uses.js";
import { optionChecks } from "../option-checks.js";
import { checkOptions } from "../options.js";
import type { Network, Pass } from "../passes/pass.js";
import { listOperands, mapOperands } from "../registry.js";
import { bindShape, type ConcreteShape } from "../shape.js";
import { ownValue, type Tensor, type TensorOf } from "../tensor.js";
import type { Backend, MemoryInfo, Results } from "./backend.js";
import type { Capabilities } from "./capabilities.js";
import type { BoundFeeds } from "./feeds.js";
import { checkAborted, withCode } from "./failure.js";
import { manageBackend, type Program } from "./managed.js";
import { nextTask } from "./next-task.js";
import { applyHandler, opSupport, type ExecutableKey, type KernelSite, type KernelTable } from "./table.js";

/** One use of a parameter; an adapter may hold the parameter in a layout that suits this use. */
export interface ParameterUse {
  readonly node: Node;
  /** For example `inputs.w`. */
  readonly operand: string;
}

/** The store of tensors of a runtime that executes one operation at a time: values of its type `T`. */
export interface TensorStore<T> {
  /** Copies a tensor in: its elements are the caller's once this returned. `layout` is what `layoutsFor` chose for a parameter, absent for feeds. */
  upload(tensor: TensorOf<"float32">, layout?: string): T;
  /** Copies a value to the caller's memory, in logical order. */
  download(value: T, shape: ConcreteShape): Promise<Tensor>;
  /** Frees a value; called exactly once for each value that was uploaded or returned by a kernel. */
  release(value: T): void;
  /** Called before every stretch of synchronous work, for runtimes with global state. */
  activate?(): void;
  /** Called once per graph: returns the layout of each use of a parameter. Uses with equal layouts share one upload. */
  layoutsFor?(graph: Graph): (use: ParameterUse) => string;
  /** Awaited before a graph is loaded; a runtime that lost its device opens another one here. */
  begin?(): Promise<void>;
  /**
   * Awaited after the parameters were uploaded and after a failed run; rejects with the device's errors since the last
   * call.
   */
  settle?(): Promise<void>;
  memory(): MemoryInfo;
  dispose?(): Promise<void>;
}

/** The options of `fromKernels`. */
export interface KernelBackendOptions<T> {
  readonly id: string;
  readonly capabilities: Omit<Capabilities, "ops">;
  readonly table: KernelTable<T>;
  readonly store: TensorStore<T>;
  readonly passes?: readonly Pass[];
}

/**
 * Makes a backend of kernels that execute one operation at a time. It runs the nodes in order, counts references and
 * frees intermediates at their last use, also when a kernel throws. Every kernel returns a value of its own, never an
 * operand.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option and for capabilities with unknown values
 */
export function fromKernels<T>(options: KernelBackendOptions<T>): Backend {
  const known = { id: true, capabilities: true, table: true, store: true, passes: optionChecks.list } as const;
  checkOptions(options, { known }, { op: "fromKernels" });
  const { id, capabilities, table, store, passes } = options;
  return manageBackend({
    id,
    capabilities: { ...capabilities, ops: opSupport(table) },
    ...(passes === undefined ? {} : { passes }),
    load: (network) => loadProgram(network, table, store),
    memory: () => store.memory(),
    dispose: async () => store.dispose?.(),
  });
}

/** A node whose operands name slots: intermediate values, feeds, or parameters in a layout. */
interface Step {
  readonly node: Node;
  /** The slots of all operands. */
  readonly operands: readonly string[];
  /** Slots that no later step reads. */
  readonly lastUses: readonly string[];
}

async function loadProgram<T>(network: Network, table: KernelTable<T>, store: TensorStore<T>): Promise<Program> {
  const { graph } = network;
  await store.begin?.();
  store.activate?.();
  const parameters = new Map<string, T>();
  const releaseParameters = (): void => releaseAll(parameters, store);
  try {
    const steps = planSteps(network, store, parameters);
    await store.settle?.();
    const executable: ExecutableKey = Object.freeze({});
    return {
      // Every feed is uploaded, which copies it, before the first await.
      readsFeedsAtOnce: true,
      run: (feeds, signal) => runSteps({ executable, graph, steps, parameters }, feeds, signal, table, store),
      dispose: async () => {
        store.activate?.();
        releaseParameters();
      },
    };
  } catch (error) {
    store.activate?.();
    releaseParameters();
    throw error;
  }
}

function planSteps<T>(
  { graph, parameters: tensors }: Network,
  store: TensorStore<T>,
  parameters: Map<string, T>,
): readonly Step[] {
  const layoutOf = store.layoutsFor?.(graph);
  const slotOf = (name: string, use?: ParameterUse): string => {
    const tensor = ownValue(tensors, name);
    if (tensor?.dtype !== "float32") return name;
    const layout = use === undefined ? undefined : layoutOf?.(use);
    const slot = layout === undefined ? name : `${name}@${layout}`;
    if (!parameters.has(slot)) parameters.set(slot, store.upload(tensor, layout));
    return slot;
  };
  const nodes = graph.nodes.map((node) => {
    const inputs = mapOperands<string, string>(node.inputs, (name, operand) => slotOf(name, { node, operand }));
    return { ...node, inputs } as Node;
  });
  const last = lastUses({ nodes, outputs: graph.outputs.map(({ name, value }) => ({ name, value: slotOf(value) })) });
  return nodes.map((node, index) => {
    const operands = listOperands<string>(node.inputs);
    const isDone = (slot: string): boolean => last.get(slot) === index && !parameters.has(slot);
    return { node, operands, lastUses: [...new Set([...operands, node.name])].filter(isDone) };
  });
}

/** The longest time an abortable run blocks the event loop, in milliseconds. */
const SLICE_MILLISECONDS = 50;

/** A graph whose parameters are uploaded. */
interface LoadedGraph<T> {
  readonly executable: ExecutableKey;
  readonly graph: Graph;
  readonly steps: readonly Step[];
  /** By slot. */
  readonly parameters: ReadonlyMap<string, T>;
}

async function runSteps<T>(
  { executable, graph, steps, parameters }: LoadedGraph<T>,
  feeds: BoundFeeds,
  signal: AbortSignal | undefined,
  table: KernelTable<T>,
  store: TensorStore<T>,
): Promise<Results> {
  const live = new Map<string, T>();
  const valueOf = (slot: string): T => {
    const value = live.get(slot) ?? parameters.get(slot);
    if (value === undefined) throw new Error(`no value in slot ${slot}`);
    return value;
  };
  store.activate?.();
  try {
    for (const [name, tensor] of feeds.tensors) live.set(name, store.upload(tensor));
    let sliceStart = performance.now();
    for (const { node, operands, lastUses: done } of steps) {
      const site: KernelSite = { node: node.name, executable, shape: bindShape(node.shape, feeds.batch) };
      const result = runKernel(table, node, valueOf, site);
      // One value under two names would be released twice.
      for (const slot of operands) if (valueOf(slot) === result) throw operandReturned(node);
      live.set(node.name, result);
      for (const slot of done) releaseSlot(live, slot, store);
      if (signal !== undefined && performance.now() - sliceStart > SLICE_MILLISECONDS) {
        await nextTask();
        checkAborted(signal);
        store.activate?.();
        sliceStart = performance.now();
      }
    }
    return await downloadOutputs(graph, valueOf, feeds.batch, store);
  } catch (error) {
    // Devices report errors asynchronously: drain the errors of this run before the next run starts.
    await Promise.allSettled([store.settle?.()]);
    throw error;
  } finally {
    store.activate?.();
    releaseAll(live, store);
  }
}

function runKernel<T>(table: KernelTable<T>, node: Node, valueOf: (slot: string) => T, site: KernelSite): T {
  try {
    return applyHandler(table, node, valueOf, site);
  } catch (error) {
    throw withCode(error, { op: node.op, node: node.name });
  }
}

function operandReturned({ op, name }: Node): IsoconvError {
  return new IsoconvError("EXECUTION_FAILED", {
    op,
    node: name,
    what: "the kernel returned one of its operands",
    expected: "a value of its own",
    hint: "Copy the operand, even where nothing changes: the runtime releases both",
  });
}

function releaseSlot<T>(live: Map<string, T>, slot: string, store: TensorStore<T>): void {
  const value = live.get(slot);
  if (value === undefined) return;
  live.delete(slot);
  store.release(value);
}

/** Releases all values, then throws the first failure. */
function releaseAll<T>(values: Map<string, T>, store: TensorStore<T>): void {
  const failures: unknown[] = [];
  for (const slot of values.keys()) {
    try {
      releaseSlot(values, slot, store);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function downloadOutputs<T>(
  graph: Graph,
  valueOf: (slot: string) => T,
  batch: number,
  store: TensorStore<T>,
): Promise<Results> {
  const shapes = shapesOf(graph);
  const downloads = graph.outputs.map(async ({ value }) =>
    store.download(valueOf(value), bindShape(shapes.get(value) ?? [], batch)),
  );
  // The caller frees the values next, so all downloads must have ended even when one fails.
  await Promise.allSettled(downloads);
  const tensors = await Promise.all(downloads);
  return Object.fromEntries(graph.outputs.map(({ name }, index) => [name, tensors[index]]));
}
