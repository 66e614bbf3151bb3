import type { Budget, CaseResult, Report } from "@isoconv/conformance";
import type { OpName } from "@isoconv/core-spec";
import type { PlainError } from "../../engine/protocol.js";
import type { Target } from "./target.js";

/** Options that make any worker plan the same cases. */
export interface PlanChoice {
  readonly budget: Budget;
  /** Globs of case ids; empty for all cases. */
  readonly filter: readonly string[];
}

interface OnTarget {
  readonly target: Target;
  /** The page's address. */
  readonly base: string;
  readonly plan: PlanChoice;
}

/** A result without its network, which may be large. */
export type CaseLine = Omit<CaseResult, "counterexample">;

export type SuiteEvent =
  /** The number of cases. */
  | { readonly kind: "planned"; readonly total: number }
  /** The cases decided since the last event. */
  | { readonly kind: "decided"; readonly lines: readonly CaseLine[] };

export interface SuiteResult {
  /** The report without its cases, which were sent as events. */
  readonly report: Report;
  /** The parts of the profile that were not run, one line each. */
  readonly notRun: readonly string[];
  /** The complete text of `report.json`. */
  readonly json: string;
}

/** The part of a tensor that is shown. */
export interface TensorPreview {
  readonly name: string;
  readonly shape: readonly number[];
  /** The first elements. */
  readonly first: readonly number[];
  readonly length: number;
}

export interface ElementPair {
  readonly index: readonly number[];
  readonly expected: number;
  readonly got: number | undefined;
}

export interface OutputComparison {
  readonly name: string;
  readonly expectedShape: readonly number[];
  readonly gotShape: readonly number[] | undefined;
  /** The elements with the largest errors, largest first. */
  readonly furthest: readonly ElementPair[];
}

/** The network of a case, and its outputs. */
export interface CaseNetwork {
  readonly printout: string;
  readonly inputs: readonly TensorPreview[];
  readonly parameters: readonly TensorPreview[];
  readonly outputs: readonly OutputComparison[];
  /** Why the backend returned nothing. */
  readonly refusal: PlainError | undefined;
  /** Files by name that the maintainers of the runtime need to reproduce the failure. */
  readonly repro: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[];
}

export interface CaseDetail {
  /** The result of running the case again. */
  readonly line: CaseLine;
  /** Present if the case is one network or was shrunk to one. */
  readonly network: CaseNetwork | undefined;
  /** The case as data, if it is not a network. */
  readonly asks: string | undefined;
  /** The command that runs the case again. */
  readonly command: string;
}

export interface FaultLine {
  readonly name: string;
  readonly bug: string;
  readonly ops: readonly OpName[];
  /** A filter for the cases that should find it. */
  readonly filter: string;
}

/** A report from another machine. */
export interface OtherReport {
  readonly name: string;
  readonly report: Report;
}

/** The source of a report: a URL beside the page, or a file from the reader. */
export type ReportSource = { readonly name: string } & ({ readonly url: string } | { readonly file: Blob });

export interface SuiteTasks {
  /** Runs a plan on a backend. */
  readonly conformance: {
    readonly given: OnTarget;
    readonly event: SuiteEvent;
    readonly result: SuiteResult;
  };
  /** Runs one case again and returns everything about it. */
  readonly conformanceCase: {
    readonly given: OnTarget & { readonly id: string };
    readonly event: never;
    readonly result: CaseDetail;
  };
  /** Lists the suite's faulty backends. */
  readonly faults: {
    readonly given: undefined;
    readonly event: never;
    readonly result: readonly FaultLine[];
  };
  /** Reads reports. */
  readonly reports: {
    readonly given: readonly ReportSource[];
    readonly event: never;
    readonly result: readonly OtherReport[];
  };
}
