import type { OpName } from "@isoconv/core-spec";
import type { ContractName } from "../families/contract/contracts.js";
import type { ProbeName } from "../families/probe/probes.js";
import type { RelationName } from "../families/relation/relations.js";
import type { ErrorRequest } from "../families/error/request.js";
import type { PropertyFocus } from "../families/property/focus.js";
import type { NetworkSpec } from "@isoconv/judge";

/** What every case has. */
export interface CaseBase<F extends string> {
  /** Stable: `op/conv2d/matrix/k3-s2x1-p1-d1x2-activation.relu6`. A case keeps its id as long as it asks the same. */
  readonly id: string;
  readonly family: F;
  /** The operations a backend must have for the case to be run. */
  readonly ops: readonly OpName[];
}

/**
 * A network whose every output is compared with the oracle: within the bounds of its nodes, or bit for bit where the
 * data are lattice integers (`exact`).
 */
export interface AgreementCase extends CaseBase<"exact" | "matrix" | "special" | "trap"> {
  readonly network: NetworkSpec;
  /** Demands equal bits: every sum is exact in any order and any arithmetic class. */
  readonly exactly: boolean;
  /** How often the same executable runs; each result is compared. */
  readonly runs: number;
}

/** Random graphs of 1–6 nodes, shrunk to the smallest that fails. */
export interface PropertyCase extends CaseBase<"property"> {
  readonly focus: PropertyFocus;
  readonly seed: number;
  readonly runs: number;
  /** Replays one failure: a `Judgement.replay`'s path, with its seed as `seed`. No other graph is then drawn. */
  readonly path?: string;
}

/** Two computations that must give the same, whatever the oracle says. */
export interface RelationCase extends CaseBase<"relation"> {
  readonly relation: RelationName;
  readonly network: NetworkSpec;
}

/** Something invalid, the code and the path it must be refused with. */
export interface ErrorCase extends CaseBase<"error"> {
  readonly request: ErrorRequest;
}

/** One promise of the `Backend` interface. */
export interface ContractCase extends CaseBase<"contract"> {
  readonly contract: ContractName;
}

/** One arithmetic property, declared and measured. */
export interface ProbeCase extends CaseBase<"probe"> {
  readonly probe: ProbeName;
}

/** A network of the zoo. */
export interface ModelCase extends CaseBase<"model"> {
  readonly model: string;
  /** `[batch, channels, height, width]` */
  readonly inputShape: readonly [number, number, number, number];
  readonly seed: number;
  /** Each node fed with the oracle's values, or the network as a whole. */
  readonly mode: "layer-by-layer" | "end-to-end";
}

export type Case = AgreementCase | PropertyCase | RelationCase | ErrorCase | ContractCase | ProbeCase | ModelCase;

export type FamilyName = Case["family"];

/** In the order they run: what the arithmetic is comes first, whole networks last. */
export const familyNames = [
  "probe",
  "exact",
  "matrix",
  "special",
  "trap",
  "relation",
  "error",
  "contract",
  "property",
  "model",
] as const satisfies readonly FamilyName[];

/** The cases of one family. */
export type CaseOf<F extends FamilyName> =
  Extract<Case, { readonly family: F }> | (F extends AgreementCase["family"] ? AgreementCase : never);
