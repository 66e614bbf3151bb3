import type { Parameters } from "../backend/backend.js";
import type { Graph } from "../graph/graph.js";

/** A graph and the parameters it runs with. */
export interface Network {
  readonly graph: Graph;
  readonly parameters: Parameters;
}

/** A pure rewriting: the result computes the same outputs. */
export interface Pass {
  readonly name: string;
  readonly run: (network: Network) => Network;
}
