import type { Graph, Node } from "@isoconv/core-spec";

/** One application of an operation, a leaf of the tree. */
export interface NodeLeaf {
  readonly kind: "node";
  /** The node's name, which starts with its module's path. */
  readonly path: string;
  readonly node: Node;
}

/** A module that adds several nodes, or one with another name than its own. */
export interface ModuleBranch {
  readonly kind: "module";
  /** PyTorch's dotted path, for example `layer1.0`; empty for the network itself. */
  readonly path: string;
  readonly children: readonly ModuleTree[];
}

export type ModuleTree = NodeLeaf | ModuleBranch;

/**
 * The modules of a network with their nodes as leaves, in the order of computation. A module whose only node has its
 * name, like a layer's, becomes that leaf; a module without nodes is left out.
 */
export function moduleTree({ graph, modules }: { graph: Graph; modules: ReadonlyMap<string, string> }): ModuleBranch {
  return branch("", graph.nodes, modules);
}

function branch(path: string, nodes: readonly Node[], modules: ReadonlyMap<string, string>): ModuleBranch {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = childPath(path, node.name, modules) ?? node.name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  const children = [...groups].map(([child, own]): ModuleTree => {
    const [only, ...more] = own;
    const isLayer = only?.name === child && more.length === 0;
    return isLayer ? { kind: "node", path: child, node: only } : branch(child, own, modules);
  });
  return { kind: "module", path, children };
}

/**
 * The path of the outermost module inside `parent` that contains the node; `undefined` for nodes of the parent itself.
 */
function childPath(parent: string, name: string, modules: ReadonlyMap<string, string>): string | undefined {
  const start = parent === "" ? 0 : parent.length + 1;
  for (let end = name.indexOf(".", start); ; end = name.indexOf(".", end + 1)) {
    const path = end === -1 ? name : name.slice(0, end);
    if (path.length > parent.length && modules.has(path)) return path;
    if (end === -1) return undefined;
  }
}
