import type { Capabilities, OpName } from "@isoconv/core-spec";
import type { EndToEnd, FilledNetwork, WorstElement } from "@isoconv/judge";
import type { OracleResult } from "@isoconv/backend-reference";

/** What one backend does wrong, found where it does it. */
export type Disagreement =
  /** A node's result is outside its bound, on the very operands the backend had. */
  | (Culprit & { readonly kind: "node"; readonly node: string; readonly op: OpName })
  /** Every node is right when each result is returned, and the outputs are wrong when these nodes are left to be fused. */
  | (Culprit & { readonly kind: "fusion"; readonly nodes: readonly string[] })
  /** Every node is within its bound, and yet the outputs are outside the end-to-end rule, by no one node's fault. */
  | { readonly kind: "whole"; readonly reason: string };

/** Nodes that are wrong, fit to be shown to whoever maintains the runtime. */
export interface Culprit {
  readonly reason: string;
  readonly worst: WorstElement | undefined;
  /** Whether the nodes are wrong as a network of their own, too. */
  readonly repeatsAlone: boolean;
  readonly evidence: Evidence;
}

/** The nodes as a network of their own on the very operands the backend had, and what it should return. */
export interface Evidence {
  readonly network: FilledNetwork;
  readonly expected: Readonly<Record<string, OracleResult>>;
}

/** How one output of the network compares with the oracle's. */
export interface OutputAgreement extends EndToEnd {
  readonly output: string;
}

/** What was found of one backend. */
export interface Finding {
  readonly backend: string;
  readonly runtime: Capabilities["runtime"];
  /** Of the network as a backend usually runs it, fusions and all; in the order of its outputs. */
  readonly endToEnd: readonly OutputAgreement[];
  /** Absent where everything is within bounds. */
  readonly fault?: Disagreement;
}

/** One node on both backends. */
export interface NodeComparison {
  readonly node: string;
  readonly op: OpName;
  /** Shares of the node's bound, each backend being held to the oracle on its own operands; at most 1 is right. */
  readonly shares: { readonly a: number; readonly b: number };
  /** The two results. What they inherit from different operands is in it, so no bound of one node applies. */
  readonly between: Between;
}

/** How far two results are apart. */
export interface Between {
  /** `max|a − b|` relative to the largest exact value. */
  readonly deviation: number;
  /** `max|a − b|` relative to the largest bound of any element of the node; absent for operations that are exact. */
  readonly bounds?: number;
}

/** What `isoconv diff` found. */
export interface Divergence {
  readonly graph: string;
  readonly a: Finding;
  readonly b: Finding;
  /** In the graph's order. */
  readonly nodes: readonly NodeComparison[];
  /** `agree`: both are within all bounds. */
  readonly verdict: "agree" | "disagree";
}
