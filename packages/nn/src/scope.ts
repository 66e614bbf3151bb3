import { IsoconvError, type GraphBuilder, type Value } from "@isoconv/core-spec";
import type { Module, Scope } from "./module.js";
import { constantSpec, parameterSpec, type ParameterSpec } from "./parameter.js";

/** The record of one module: PyTorch's tree of submodules, in the order of construction. */
interface ModuleEntry {
  module: Module | undefined;
  readonly parameters: Map<string, { readonly spec: ParameterSpec; readonly value: Value }>;
  readonly children: Map<string, ModuleEntry>;
}

/** The state shared by all scopes of a trace. */
interface Trace {
  readonly graph: GraphBuilder;
  readonly name: string;
  /** Module path → name of the value it returned. */
  readonly modules: Map<string, string>;
  readonly calls: Set<string>;
}

/** One call of a module. */
interface Call {
  readonly entry: ModuleEntry;
  /** The prefix of parameters. */
  readonly path: string;
  /** The prefix of nodes; differs from `path` when a module is called again. */
  readonly callPath: string;
  /** Whether this module, or one that contains it, was called before; its parameters are then shared. */
  readonly repeated: boolean;
}

interface RootScope {
  readonly scope: Scope;
  readonly modules: ReadonlyMap<string, string>;
  /** Every parameter so far: each module's own, then its children's. */
  listParameters(this: void): ParameterSpec[];
}

/** The scope of a whole network. */
export function rootScope(graph: GraphBuilder, name: string): RootScope {
  const trace: Trace = { graph, name, modules: new Map(), calls: new Set() };
  const entry = emptyEntry();
  return {
    scope: createScope(trace, { entry, path: "", callPath: "", repeated: false }),
    modules: trace.modules,
    listParameters: () => parametersOf(entry),
  };
}

function createScope(trace: Trace, at: Call): Scope {
  return {
    graph: trace.graph,
    path: at.path,
    call: (childName, module, x) => {
      const child = enterChild(trace, at, childName, module);
      trace.calls.add(child.callPath);
      const result = module(createScope(trace, child), x);
      trace.modules.set(child.callPath, result.name);
      return result;
    },
    parameter: (name, options) => register(trace, at, name, parameterSpec(join(at.path, name), options)),
    constant: (name, options) => register(trace, at, name, constantSpec(join(at.path, name), options)),
    declareChildren: (...childNames) => {
      for (const childName of childNames) childEntry(at, childName);
    },
    nodeName: (suffix) => trace.graph.freshName(join(at.callPath, suffix ?? "") || trace.name),
  };
}

/** Adds a tensor to the graph, or returns the one that an earlier call of the same module added. */
function register({ graph }: Trace, { entry, repeated }: Call, name: string, spec: ParameterSpec): Value {
  const known = entry.parameters.get(name);
  if (known !== undefined && repeated) return known.value;
  if (known !== undefined) {
    throw new IsoconvError("INVALID_GRAPH", {
      node: spec.name,
      what: "two modules register the same parameter",
      expected: "another child name, or the same module called again to share its parameters",
      received: spec.name,
    });
  }
  const value = graph.parameter(spec.name, spec.shape);
  entry.parameters.set(name, { spec, value });
  return value;
}

function enterChild(trace: Trace, parent: Call, childName: string, module: unknown): Call {
  if (typeof module !== "function") {
    throw new IsoconvError("INVALID_GRAPH", {
      node: join(parent.path, String(childName)),
      what: "not a module",
      expected: "a function of a scope and a value",
      received: module,
      hint: "Layers are made by calling them: relu(), not relu",
    });
  }
  const entry = childEntry(parent, childName);
  const repeated = parent.repeated || entry.module === module;
  entry.module ??= module as Module;
  const stem = join(parent.callPath, childName);
  let callPath = stem;
  for (let count = 1; trace.calls.has(callPath); count += 1) callPath = `${stem}_${count}`;
  return { entry, path: join(parent.path, childName), callPath, repeated };
}

function childEntry(parent: Call, childName: unknown): ModuleEntry {
  if (typeof childName !== "string" || !/^[\w-]+$/.test(childName)) {
    throw new IsoconvError("INVALID_GRAPH", {
      node: parent.path,
      what: "not a usable module name",
      expected: "letters, digits, _ or -",
      received: childName,
    });
  }
  const known = parent.entry.children.get(childName);
  if (known !== undefined) return known;
  const entry = emptyEntry();
  parent.entry.children.set(childName, entry);
  return entry;
}

function emptyEntry(): ModuleEntry {
  return { module: undefined, parameters: new Map(), children: new Map() };
}

function parametersOf({ parameters, children }: ModuleEntry): ParameterSpec[] {
  return [...[...parameters.values()].map(({ spec }) => spec), ...[...children.values()].flatMap(parametersOf)];
}

function join(path: string, name: string): string {
  return path === "" || name === "" ? `${path}${name}` : `${path}.${name}`;
}
