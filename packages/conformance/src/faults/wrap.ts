import type { Backend, CompileOptions, Executable, Graph, Parameters } from "@isoconv/core-spec";
import { hostBackend, type HostParts } from "./base.js";
import type { Fault } from "./fault.js";

/** The backend with some methods replaced. */
export function wrapBackend(
  inner: Backend,
  changes: Partial<Pick<Backend, "capabilities" | "compile" | "memory" | "dispose">>,
): Backend {
  const dispose = changes.dispose ?? (() => inner.dispose());
  return {
    id: inner.id,
    capabilities: inner.capabilities,
    compile: (graph, parameters, options) => inner.compile(graph, parameters, options),
    memory: () => inner.memory(),
    ...changes,
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** The executable with some methods replaced. */
export function wrapExecutable(inner: Executable, changes: Partial<Pick<Executable, "run" | "dispose">>): Executable {
  const dispose = changes.dispose ?? (() => inner.dispose());
  return {
    graph: inner.graph,
    run: (feeds, options) => inner.run(feeds, options),
    ...changes,
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** A fault in the methods of a backend. */
export function backendFault(description: Omit<Fault, "create">, change: (inner: Backend) => Backend): Fault {
  return { ...description, create: async () => change(hostBackend(`fault/${description.name}`)) };
}

/** The graph and parameters an executable was compiled from. */
export interface Source {
  readonly graph: Graph;
  readonly parameters: Parameters;
}

type ExecutableChange = (inner: Executable, source: Source) => Partial<Pick<Executable, "run" | "dispose">>;

/** The backend with some methods of every executable replaced. */
export function wrapExecutables(inner: Backend, change: ExecutableChange): Backend {
  return wrapBackend(inner, {
    compile: async (graph: Graph, parameters: Parameters, options?: CompileOptions) => {
      const executable = await inner.compile(graph, parameters, options);
      return wrapExecutable(executable, change(executable, { graph, parameters }));
    },
  });
}

/** A fault in the methods of every executable; `parts` replaces parts of the wrapped backend. */
export function executableFault(
  description: Omit<Fault, "create">,
  change: ExecutableChange,
  parts: () => HostParts = () => ({}),
): Fault {
  return {
    ...description,
    create: async () => wrapExecutables(hostBackend(`fault/${description.name}`, parts()), change),
  };
}
