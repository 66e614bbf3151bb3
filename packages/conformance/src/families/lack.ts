import { decompose, type Capabilities, type Graph, type OpName } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";
import { exampleNetwork, type NetworkSpec } from "@isoconv/judge";
import { networkOfRow, rowsOf } from "./matrix/op-rows.js";

/** The unsupported operations that a case needs, and a network that needs them. */
export interface Lack {
  readonly ops: readonly OpName[];
  readonly network: NetworkSpec;
}

/** The operations that a backend lacks for a case, or `undefined`. */
export function lackFor(testCase: Case, capabilities: Capabilities): Lack | undefined {
  if ("network" in testCase) return lackIn(testCase.network, capabilities);
  for (const op of testCase.ops) {
    const lack = lackOf(op, testCase.id, capabilities);
    if (lack !== undefined) return lack;
  }
  return undefined;
}

/** What a backend lacks for an operation: the operation, or a part of its decomposition that some attributes need. */
export function lackOf(op: OpName, name: string, capabilities: Capabilities): Lack | undefined {
  const support = capabilities.ops[op];
  if (support === "native") return undefined;
  if (support !== "decomposed") return { ops: [op], network: exampleNetwork(op, name) };
  for (const row of rowsOf(op, 2).rows) {
    const lack = lackIn(networkOfRow(op, name, row, 1), capabilities);
    if (lack !== undefined) return lack;
  }
  return undefined;
}

function lackIn(network: NetworkSpec, { ops: support }: Capabilities): Lack | undefined {
  const used = opsOf(network.graph);
  const declared = used.filter((op) => typeof support[op] === "object");
  if (declared.length > 0) return { ops: declared, network };
  const decomposed = new Set(used.filter((op) => support[op] === "decomposed"));
  if (decomposed.size === 0) return undefined;
  const parts = opsOf(decompose(decomposed).run({ graph: network.graph, parameters: {} }).graph);
  const missing = parts.filter((op) => typeof support[op] === "object");
  return missing.length === 0 ? undefined : { ops: missing, network };
}

function opsOf({ nodes }: Graph): readonly OpName[] {
  return [...new Set(nodes.map(({ op }) => op))];
}
