import type { OpName } from "@isoconv/core-spec";
import type { ContractName } from "../families/contract/contracts.js";
import type { ProbeName } from "../families/probe/probes.js";
import type { RelationName } from "../families/relation/relations.js";
import type { ErrorRequest } from "../families/error/request.js";
import type { Step } from "../families/history/step.js";
import type { PropertyFocus } from "../families/property/focus.js";
import type { StateFocus } from "../families/state/programs.js";
import type { NetworkSpec } from "@isoconv/judge";

/** The members of every case. */
export interface CaseBase<F extends string> {
  /** Stable: `op/conv2d/matrix/k3-s2x1-p1-d1x2-activation.relu6`. A case keeps its id as long as it checks the same. */
  readonly id: string;
  readonly family: F;
  /** The operations that a backend must support to run the case. */
  readonly ops: readonly OpName[];
}

/**
 * A network whose outputs are compared with the oracle: within the bounds of its nodes, or bit for bit if the data are
 * lattice integers (`exact`).
 */
export interface AgreementCase extends CaseBase<"exact" | "matrix" | "size" | "special" | "trap" | "graph"> {
  readonly network: NetworkSpec;
  /**
   * Requires equal bits: every sum is exact in any order and any arithmetic class. `"if proved"`, for networks of one
   * operation: where the operands prove it (`sumsStayExact`), and by the cheapest check that is sound at their size.
   */
  readonly exactly: boolean | "if proved";
  /** What happens to the executable; each result is compared. */
  readonly history: readonly Step[];
}

/** Random graphs, shrunk to the smallest that fails. */
export interface PropertyCase extends CaseBase<"property"> {
  readonly focus: PropertyFocus;
  readonly seed: number;
  readonly runs: number;
  /** The most nodes drawn for a graph, besides those that compute weights; 6 if absent. */
  readonly nodes?: number;
  /** Replays one failure: the path of a `Judgement.replay`; `seed` is then its seed. No other graph is drawn. */
  readonly path?: string;
}

/** Two computations that must give equal results. */
export interface RelationCase extends CaseBase<"relation"> {
  readonly relation: RelationName;
  readonly network: NetworkSpec;
}

/** An invalid call, and the code and path of the error it must throw. */
export interface ErrorCase extends CaseBase<"error"> {
  readonly request: ErrorRequest;
}

/** One contract of the `Backend` interface. */
export interface ContractCase extends CaseBase<"contract"> {
  readonly contract: ContractName;
}

/** Random programs of compilations, runs, aborts, refusals and disposals, shrunk to the shortest that fails. */
export interface StateCase extends CaseBase<"state"> {
  readonly focus: StateFocus;
  readonly seed: number;
  /** The number of programs. */
  readonly runs: number;
}

/** One declared property that is measured. */
export interface ProbeCase extends CaseBase<"probe"> {
  readonly probe: ProbeName;
}

/** A network of the zoo. */
export interface ModelCase extends CaseBase<"model"> {
  readonly model: string;
  /** `[batch, channels, height, width]` */
  readonly inputShape: readonly [number, number, number, number];
  readonly seed: number;
  /** Whether each node is judged on its own operands, or the network by its outputs. */
  readonly mode: "layer-by-layer" | "end-to-end";
}

export type Case =
  AgreementCase | PropertyCase | RelationCase | ErrorCase | ContractCase | StateCase | ProbeCase | ModelCase;

export type FamilyName = Case["family"];

/** The families in the order they run: probes first, whole networks last. */
export const familyNames = [
  "probe",
  "exact",
  "matrix",
  "size",
  "special",
  "trap",
  "relation",
  "graph",
  "error",
  "contract",
  "state",
  "property",
  "model",
] as const satisfies readonly FamilyName[];

/** The cases of one family. */
export type CaseOf<F extends FamilyName> =
  Extract<Case, { readonly family: F }> | (F extends AgreementCase["family"] ? AgreementCase : never);
