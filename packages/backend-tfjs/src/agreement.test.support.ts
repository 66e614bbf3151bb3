import { elementCount, float32, uniform, type Backend, type ConcreteShape, type Tensor } from "@isoconv/core-spec";
import { judgeNetwork, Memo, type FilledNetwork } from "@isoconv/judge";

export function random(name: string, shape: ConcreteShape): Tensor {
  return float32(shape, uniform(7, name, elementCount(shape), -1, 1));
}

/** Whole numbers from −2 to 2, no −0, whose sums and products are exact in any order. */
export function lattice(name: string, shape: ConcreteShape): Tensor {
  return float32(
    shape,
    uniform(7, name, elementCount(shape), -2.5, 2.5).map((value) => Math.round(value) + 0),
  );
}

/** Runs a network and says how it disagrees with the oracle, if it does. `exactly` leaves roundings no room. */
export async function disagreement(
  backend: Backend,
  network: FilledNetwork,
  exactly = false,
): Promise<string | undefined> {
  await using executable = await backend.compile(network.graph, network.parameters);
  const results = await executable.run(network.feeds);
  const question = { key: network.graph.name, network, exactly };
  return (await judgeNetwork(question, results, backend.capabilities, new Memo())).reason;
}
