import type { Backend, Capabilities, CompileOptions, Executable, OpName, Results } from "@isoconv/core-spec";
import type { FilledNetwork, NetworkSpec } from "@isoconv/judge";

/** Something seen of a backend beside what is promised; the promise is broken where they differ. */
export interface Observation {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** What a contract works with. Whatever comes from here is disposed when the contract has been checked. */
export interface Stage {
  /** The backend under test. It serves other cases: a contract must not dispose it. */
  readonly backend: Backend;
  readonly capabilities: Capabilities;
  /** Another backend of the same kind, for the contract alone. */
  readonly fresh: () => Promise<Backend>;
  /** Compiles on the backend under test. */
  readonly compile: (network: FilledNetwork, options?: CompileOptions) => Promise<Executable>;
  readonly fill: (network: NetworkSpec) => FilledNetwork;
  /** Holds results to the oracle's, exactly: the networks here are lattices. */
  readonly judge: (what: string, network: FilledNetwork, results: Results) => Promise<Observation>;
}

/** One promise of the `Backend` interface. */
export interface Contract {
  /** What is promised, as a sentence without a full stop. */
  readonly promise: string;
  /** The operations its networks take. */
  readonly ops: readonly OpName[];
  /** Watches a backend keep the promise; the first observation that differs ends it. */
  observe(stage: Stage): AsyncIterable<Observation>;
}
