import { createBackend } from "@isoconv/backend-reference";
import type { Backend, Executable, Graph, Parameters, Results, Tensor } from "@isoconv/core-spec";
import { type RunContext } from "../family.js";
import { Memo } from "@isoconv/judge";

/** The methods in which a broken backend differs from the reference. */
export interface Fault {
  readonly backend?: (real: Backend, sound: Backend) => Partial<Backend>;
  readonly executable?: (real: Executable, owner: Backend, given: Given) => Partial<Executable>;
}

/** The graph and parameters an executable was compiled from. */
export interface Given {
  readonly graph: Graph;
  readonly parameters: Parameters;
}

/** The reference backend with a fault. Each backend gets a new fault, because some faults have state. */
export function broken(fault: () => Fault): () => Promise<Backend> {
  return async () => {
    const real = await createBackend();
    const { backend, executable } = fault();
    const sound: Backend = {
      id: real.id,
      capabilities: real.capabilities,
      compile: async (graph, parameters, options) => {
        const compiled = await real.compile(graph, parameters, options);
        return {
          graph: compiled.graph,
          run: (feeds, runOptions) => compiled.run(feeds, runOptions),
          dispose: () => compiled.dispose(),
          [Symbol.asyncDispose]: () => compiled.dispose(),
          ...executable?.(compiled, real, { graph, parameters }),
        };
      },
      memory: () => real.memory(),
      dispose: () => real.dispose(),
      [Symbol.asyncDispose]: () => real.dispose(),
    };
    return { ...sound, ...backend?.(real, sound) };
  };
}

export async function contextOf(create: () => Promise<Backend>): Promise<RunContext> {
  const backend = await create();
  return { backend, capabilities: backend.capabilities, create, memo: new Memo(), signal: undefined };
}

/** The tensors with every element changed. */
export function mapElements(
  tensors: Results,
  change: (value: number, index: number, name: string) => number,
): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]): [string, Tensor] => [
      name,
      tensor.dtype === "float32"
        ? { ...tensor, data: tensor.data.map((value, index) => change(value, index, name)) }
        : tensor,
    ]),
  );
}

export function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 2));
}
