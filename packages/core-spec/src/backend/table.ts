import type { DecomposableOp } from "../decompositions/index.js";
import { IsoconvError } from "../error.js";
import type { Node } from "../graph/graph.js";
import { mapInputs, opNames, type Attrs, type Inputs, type OpName } from "../registry.js";
import type { OpSupport } from "./capabilities.js";

/** Why an adapter cannot do an operation, and the issue that tracks it. */
export interface Unsupported {
  readonly unsupported: string;
  readonly issue: string;
}

/** Declares an operation the adapter cannot do; compiling a graph that needs it is refused with the reason. */
export function unsupported(reason: string, link: { readonly issue: string }): Unsupported {
  return Object.freeze({ unsupported: reason, issue: link.issue });
}

/** Marks an operation the adapter leaves to core-spec's decomposition into other operations. */
export const decomposed = Object.freeze({ decomposed: true } as const);
/** The type of the mark `decomposed`. */
export type Decomposed = typeof decomposed;

/** Carries out one operation on values of type `V`; `site` is the object that the adapter's walker provides. */
export type Handler<K extends OpName, V, Site> = (inputs: Inputs<K, V>, attrs: Attrs<K>, site: Site) => V;

type Entry<K extends OpName, V, Site> =
  Handler<K, V, Site> | Unsupported | (K extends DecomposableOp ? Decomposed : never);

/**
 * An adapter: one entry per operation of the registry. A new operation breaks every adapter's build until it is
 * handled, marked `decomposed` or declared `unsupported`.
 */
export type OpTable<V, Site> = { readonly [K in OpName]: Entry<K, V, Site> };

/** A table for runtimes that execute one operation at a time: see `fromKernels`. */
export type KernelTable<T> = OpTable<T, KernelSite>;

/** A table for runtimes that take a whole graph: entries emit nodes of the target format. */
export type LoweringTable<V, Site> = OpTable<V, Site>;

/**
 * Identifies one executable among those of a backend. It has no members: compare it, or use it as the key of a `WeakMap`
 * for what a kernel keeps between the runs of one executable, such as a workspace or a packed filter.
 */
export type ExecutableKey = Readonly<Record<never, never>>;

/** What a kernel may read about its node. */
export interface KernelSite {
  readonly node: string;
  /** The executable that runs the node: the same object in all its nodes and runs, another one in every other executable. */
  readonly executable: ExecutableKey;
  /** The output shape with the batch known. */
  readonly shape: readonly number[];
}

/** The same entry for every operation: what a table in the making spreads first. */
export function everyOp<T>(entry: T): Readonly<Record<OpName, T>> {
  return Object.freeze(Object.fromEntries(opNames.map((op) => [op, entry] as const)) as Record<OpName, T>);
}

/** What a table says of each operation; a backend's `capabilities.ops`. */
export function opSupport<V, Site>(table: OpTable<V, Site>): Readonly<Record<OpName, OpSupport>> {
  const support: Partial<Record<OpName, OpSupport>> = {};
  for (const op of opNames) {
    const entry: unknown = table[op];
    support[op] = typeof entry === "function" ? "native" : entry === decomposed ? "decomposed" : (entry as Unsupported);
  }
  return Object.freeze(support as Record<OpName, OpSupport>);
}

/**
 * Calls the entry of a node's operation. `prepareGraph` has already refused or expanded operations without a handler.
 */
export function applyHandler<V, Site>(
  table: OpTable<V, Site>,
  node: Node,
  valueOf: (name: string) => V,
  site: Site,
): V {
  return applyTo(table, node, valueOf, site);
}

function applyTo<K extends OpName, V, Site>(
  table: { readonly [P in K]: Entry<P, V, Site> },
  node: { readonly op: K; readonly name: string; readonly inputs: Inputs<K, string>; readonly attrs: Attrs<K> },
  valueOf: (name: string) => V,
  site: Site,
): V {
  const handler: Entry<K, V, Site> = table[node.op];
  if (typeof handler !== "function") {
    throw new IsoconvError("UNSUPPORTED", {
      op: node.op,
      node: node.name,
      what: "no handler",
      hint: "This backend should have refused the graph when compiling: please report it",
    });
  }
  return handler(mapInputs(node.inputs, valueOf), node.attrs, site);
}
