import {
  graphBuilder,
  type CompileOptions,
  type GraphBuilder,
  type OpName,
  type Results,
  type Value,
} from "@isoconv/core-spec";
import type { FilledNetwork, NetworkSpec } from "@isoconv/judge";

/** A network to check a relation on. */
export interface RelatedNetwork {
  /** The operation that the relation is about; absent for whole graphs. */
  readonly op?: OpName;
  readonly variant: string;
  readonly network: NetworkSpec;
}

/** A network and the options it is compiled with. */
export interface Part {
  readonly network: FilledNetwork;
  readonly options?: CompileOptions;
}

/** Another computation of a network's outputs. */
export interface Restated {
  readonly parts: readonly Part[];
  /** Combines the results of the parts, in order, into the network's outputs. */
  readonly read: (results: readonly Results[]) => Results;
}

interface StatementBase {
  readonly doc: string;
  /** Equal bits, or equal within the bounds of both sides. Networks of data movement must always give equal bits. */
  readonly equality: "bits" | "bounds";
  readonly subjects: () => readonly RelatedNetwork[];
}

/** The outputs `left` and `right` of the network are equal: compiled as written, and with the backend's own passes. */
export interface Equation extends StatementBase {
  readonly kind: "equation";
}

/** The network's outputs equal those of another computation. */
export interface Restatement extends StatementBase {
  readonly kind: "restatement";
  readonly restate: (network: FilledNetwork) => Restated;
}

/** A relation between two computations. */
export type Statement = Equation | Restatement;

type Recipe = Partial<Omit<NetworkSpec, "graph">>;

/** A subject built node by node; the outputs are named by the keys. */
export function subject(
  op: OpName | undefined,
  variant: string,
  build: (g: GraphBuilder) => Readonly<Record<string, Value>>,
  { batch = 2, seed = 1, fills = {} }: Recipe = {},
): RelatedNetwork {
  const g = graphBuilder(`${op ?? "graph"}-${variant}`);
  const graph = g.build(build(g));
  return { ...(op === undefined ? {} : { op }), variant, network: { graph, batch, seed, fills } };
}

/** A subject about one operation whose outputs `left` and `right` must be equal. */
export function equate(
  op: OpName,
  variant: string,
  build: (g: GraphBuilder) => readonly [left: Value, right: Value],
  recipe: Recipe = {},
): RelatedNetwork {
  const sides = (g: GraphBuilder): Readonly<Record<string, Value>> => {
    const [left, right] = build(g);
    return { left, right };
  };
  return subject(op, variant, sides, recipe);
}
