import { createBackend } from "@isoconv/backend-reference";
import type { Backend, CompileOptions, Executable, Feeds, Graph, Node, Parameters, Results } from "@isoconv/core-spec";
import { type RunContext } from "./family.js";
import { Memo } from "@isoconv/judge";

/** The changes of a faulty backend. */
interface Fault {
  readonly compile?: (
    compile: Backend["compile"],
    ...asked: [graph: Graph, parameters: Parameters, options?: CompileOptions]
  ) => Promise<Executable>;
  /** Changes results in place. */
  readonly spoil?: (results: Results, written: Graph, feeds: Feeds) => void;
}

/** The reference with a fault. */
export async function faultyBackend({ compile, spoil }: Fault): Promise<Backend> {
  const backend = await createBackend();
  const compileRightly: Backend["compile"] = async (...asked) => {
    const executable = await backend.compile(...asked);
    return {
      graph: executable.graph,
      run: async (feeds, options) => {
        const results = await executable.run(feeds, options);
        spoil?.(results, executable.graph, feeds);
        return results;
      },
      dispose: () => executable.dispose(),
      [Symbol.asyncDispose]: () => executable.dispose(),
    };
  };
  return {
    id: "faulty",
    capabilities: backend.capabilities,
    memory: () => backend.memory(),
    compile: (...asked) => compile?.(compileRightly, ...asked) ?? compileRightly(...asked),
    dispose: () => backend.dispose(),
    [Symbol.asyncDispose]: () => backend.dispose(),
  };
}

/** The reference with 1 added to the last element of results that depend on the faulty nodes. */
export function wrongWhere(concerns: (node: Node) => boolean): Promise<Backend> {
  return faultyBackend({
    spoil: (results, { nodes, outputs }) => {
      const faulty = new Set(nodes.filter(concerns).map(({ name }) => name));
      for (const { name, value } of outputs) {
        const { data } = results[name];
        if (faulty.has(value)) data[data.length - 1] += 1;
      }
    },
  });
}

/** The context to run a case on one backend. */
export function contextOf(backend: Backend): RunContext {
  const { capabilities } = backend;
  return { backend, capabilities, create: async () => backend, memo: new Memo(), signal: undefined };
}
