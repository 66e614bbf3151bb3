import { bindShape, isSymbolic, type Network, type Program } from "@isoconv/core-spec";

/**
 * Loads a program for each batch size that is run, for providers that know all shapes before they run. The first is for a
 * batch of 1, so that a graph the provider cannot run is refused when it is compiled. The parameters are kept for the
 * programs to come, and every program keeps its own copy until all are disposed.
 *
 * @param load loads a program of a graph whose shapes are known
 * @throws IsoconvError as `load` does
 */
export async function loadPerBatch(network: Network, load: (fixed: Network) => Promise<Program>): Promise<Program> {
  if (!network.graph.inputs.some(({ shape }) => isSymbolic(shape))) return load(network);
  const programs = new Map([[1, await load(withBatch(network, 1))]]);
  return {
    async run(feeds, signal) {
      const program = programs.get(feeds.batch) ?? (await load(withBatch(network, feeds.batch)));
      programs.set(feeds.batch, program);
      return program.run(feeds, signal);
    },
    async dispose() {
      for (const program of programs.values()) await program.dispose();
    },
  };
}

function withBatch({ graph, ...rest }: Network, batch: number): Network {
  return {
    ...rest,
    graph: {
      ...graph,
      inputs: graph.inputs.map((input) => ({ ...input, shape: bindShape(input.shape, batch) })),
      nodes: graph.nodes.map((node) => ({ ...node, shape: bindShape(node.shape, batch) })),
    },
  };
}
