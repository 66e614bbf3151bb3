import type { Capabilities, OpName } from "@isoconv/core-spec";
import type { EndToEnd, FilledNetwork, WorstElement } from "@isoconv/judge";
import type { OracleResult } from "@isoconv/backend-reference";

/** What one backend does wrong, found where it does it. */
export type Disagreement =
  /** A node's result is outside its bound, on the very operands the backend had. */
  | (Culprit & { readonly kind: "node"; readonly node: string; readonly op: OpName })
  /** Every node is right when each result is returned, but the outputs are wrong when these nodes may be fused. */
  | (Culprit & { readonly kind: "fusion"; readonly nodes: readonly string[] })
  /** Every node is within its bound, but the outputs are outside the end-to-end rule; no single node is at fault. */
  | { readonly kind: "whole"; readonly reason: string };

/** Wrong nodes, in a form that can be sent to the maintainers of the runtime. */
export interface Culprit {
  readonly reason: string;
  readonly worst: WorstElement | undefined;
  /** Whether the nodes are also wrong as a network of their own. */
  readonly repeatsAlone: boolean;
  readonly evidence: Evidence;
}

/** The nodes as a network of their own with the operands that the backend had, and the expected results. */
export interface Evidence {
  readonly network: FilledNetwork;
  readonly expected: Readonly<Record<string, OracleResult>>;
}

/** The comparison of one output of the network with the oracle's. */
export interface OutputAgreement extends EndToEnd {
  readonly output: string;
}

/** The findings about one backend. */
export interface Finding {
  readonly backend: string;
  readonly runtime: Capabilities["runtime"];
  /** Of the network run as usual, with fusions; in the order of its outputs. */
  readonly endToEnd: readonly OutputAgreement[];
  /** Absent where everything is within bounds. */
  readonly fault?: Disagreement;
}

/** One node on both backends. */
export interface NodeComparison {
  readonly node: string;
  readonly op: OpName;
  /** Shares of the node's bound; each backend is compared with the oracle on its own operands; at most 1 is right. */
  readonly shares: { readonly a: number; readonly b: number };
  /**
   * The difference of the two results. It includes errors inherited from different operands, so the bound of one node
   * does not apply.
   */
  readonly between: Between;
}

/** The difference of two results. */
export interface Between {
  /** `max|a − b|` relative to the largest exact value. */
  readonly deviation: number;
  /** `max|a − b|` relative to the largest bound of any element of the node; absent for operations that are exact. */
  readonly bounds?: number;
}

/** The result of `isoconv diff`. */
export interface Divergence {
  readonly graph: string;
  readonly a: Finding;
  readonly b: Finding;
  /** Nodes in the graph's order. */
  readonly nodes: readonly NodeComparison[];
  /** `agree`: both are within all bounds. */
  readonly verdict: "agree" | "disagree";
}
