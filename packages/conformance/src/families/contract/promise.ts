import type { Backend, Capabilities, CompileOptions, Executable, OpName, Results } from "@isoconv/core-spec";
import type { FilledNetwork, NetworkSpec } from "@isoconv/judge";

/** An observed and an expected value; the contract is broken if they differ. */
export interface Observation {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** The tools of a contract. Backends and executables made with them are disposed after the check. */
export interface Stage {
  /** The backend under test. Other cases use it too, so a contract must not dispose it. */
  readonly backend: Backend;
  readonly capabilities: Capabilities;
  /** Creates another backend of the same kind for this contract. */
  readonly fresh: () => Promise<Backend>;
  /** Compiles on the backend under test. */
  readonly compile: (network: FilledNetwork, options?: CompileOptions) => Promise<Executable>;
  readonly fill: (network: NetworkSpec) => FilledNetwork;
  /** Compares results with the oracle's; bits must be equal, because the data are lattice integers. */
  readonly judge: (what: string, network: FilledNetwork, results: Results) => Promise<Observation>;
  /** Compares the results of a network on real numbers with the oracle's, within their bounds. */
  readonly judgeWithin: (what: string, network: FilledNetwork, results: Results) => Promise<Observation>;
}

/** One contract of the `Backend` interface. */
export interface Contract {
  /** The contract as a sentence without a full stop. */
  readonly promise: string;
  /** The operations of its networks. */
  readonly ops: readonly OpName[];
  /** Yields observations; the check ends at the first whose values differ. */
  observe(stage: Stage): AsyncIterable<Observation>;
}
