import type { Budget, CaseResult, Report } from "@isoconv/conformance";
import type { OpName } from "@isoconv/core-spec";
import type { PlainError } from "../../engine/protocol.js";
import type { Target } from "./target.js";

/** What it takes to plan the same cases in any worker. */
export interface PlanChoice {
  readonly budget: Budget;
  /** Globs of case ids; everything when empty. */
  readonly filter: readonly string[];
}

interface OnTarget {
  readonly target: Target;
  /** The page's address. */
  readonly base: string;
  readonly plan: PlanChoice;
}

/** A result without the network that shows it, which may be large. */
export type CaseLine = Omit<CaseResult, "counterexample">;

export type SuiteEvent =
  /** How many cases there are. */
  | { readonly kind: "planned"; readonly total: number }
  /** What was decided since the last event. */
  | { readonly kind: "decided"; readonly lines: readonly CaseLine[] };

export interface SuiteResult {
  /** Its cases are left out: they came as events. */
  readonly report: Report;
  /** What of the profile was not run, a line each. */
  readonly notRun: readonly string[];
  /** The whole of `report.json`. */
  readonly json: string;
}

/** A tensor as far as it can be shown. */
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
  /** Those that are furthest off, the worst first. */
  readonly furthest: readonly ElementPair[];
}

/** The network of a case, and what came out of it. */
export interface CaseNetwork {
  readonly printout: string;
  readonly inputs: readonly TensorPreview[];
  readonly parameters: readonly TensorPreview[];
  readonly outputs: readonly OutputComparison[];
  /** Why the backend gave nothing. */
  readonly refusal: PlainError | undefined;
  /** By name; what whoever makes the runtime needs to see it. */
  readonly repro: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[];
}

export interface CaseDetail {
  /** Decided anew. */
  readonly line: CaseLine;
  /** Where the case is one network, or was shrunk to one. */
  readonly network: CaseNetwork | undefined;
  /** The case as data, where it is no network. */
  readonly asks: string | undefined;
  /** Decides it again on a command line. */
  readonly command: string;
}

export interface FaultLine {
  readonly name: string;
  readonly bug: string;
  readonly ops: readonly OpName[];
  /** Finds it, and little else. */
  readonly filter: string;
}

/** A report of another machine. */
export interface OtherReport {
  readonly name: string;
  readonly report: Report;
}

/** Where a report is: beside the page, or in a file of the reader's. */
export type ReportSource = { readonly name: string } & ({ readonly url: string } | { readonly file: Blob });

export interface SuiteTasks {
  /** Runs a plan on a backend. */
  readonly conformance: {
    readonly given: OnTarget;
    readonly event: SuiteEvent;
    readonly result: SuiteResult;
  };
  /** Decides one case again and shows everything about it. */
  readonly conformanceCase: {
    readonly given: OnTarget & { readonly id: string };
    readonly event: never;
    readonly result: CaseDetail;
  };
  /** The suite's faulty backends. */
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
