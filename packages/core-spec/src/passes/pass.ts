import type { Parameters } from "../backend/backend.js";
import type { Graph } from "../graph/graph.js";

/** A graph and its parameters. */
export interface Network {
  readonly graph: Graph;
  readonly parameters: Parameters;
}

/** A pure function that rewrites a network; the result computes the same outputs. */
export interface Pass {
  readonly name: string;
  readonly run: (network: Network) => Network;
}
