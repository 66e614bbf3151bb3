import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import {
  graphBuilder,
  mapOperands,
  type AnyInputs,
  type Backend,
  type OpName,
  type Tensor,
  type Value,
} from "@isoconv/core-spec";
import type { Agreement } from "./agreement.js";
import { compareNode } from "./judge-nodes.js";
import { isParameterOperand, operandName } from "./network/example-network.js";
import type { FilledNetwork } from "./network/network-spec.js";

/** One operation with its operands. */
export interface OpCase {
  readonly id: string;
  readonly op: OpName;
  readonly inputs: AnyInputs<Tensor>;
  readonly attrs: unknown;
}

/**
 * Runs one operation on a backend, as a network would: weights as parameters, activations as feeds.
 *
 * @throws IsoconvError as `GraphBuilder`, `Backend.compile` and `Executable.run`
 */
export async function runOp(backend: Backend, opCase: OpCase): Promise<Tensor> {
  const { graph, parameters, feeds } = networkOf(opCase);
  const executable = await backend.compile(graph, parameters);
  try {
    const { y } = await executable.run(feeds);
    if (y === undefined) throw new Error(`${backend.id} returned no output for ${opCase.op}`);
    return y;
  } finally {
    await executable.dispose();
  }
}

function networkOf({ op, inputs, attrs }: OpCase): FilledNetwork {
  const g = graphBuilder(op);
  const parameters: Record<string, Tensor> = {};
  const feeds: Record<string, Tensor> = {};
  const values = mapOperands<Tensor, Value>(inputs, (tensor, path) => {
    const name = operandName(path);
    const fixed = isParameterOperand(op, name);
    (fixed ? parameters : feeds)[name] = tensor;
    return fixed ? g.parameter(name, tensor.shape) : g.input(name, tensor.shape);
  });
  return { graph: g.build({ y: g.apply(op, values, attrs, "y") }), parameters, feeds };
}

/** The oracle's result of one operation. */
export async function oracleOfOp(opCase: OpCase): Promise<OracleResult> {
  const { graph, parameters, feeds } = networkOf(opCase);
  const { y } = await runOracle(graph, parameters, feeds);
  if (y === undefined) throw new Error(`the oracle returned no output for ${opCase.op}`);
  return y;
}

/** Compares a backend's result of one operation with the oracle's, by the operation's own bound. */
export async function checkOp(backend: Backend, opCase: OpCase): Promise<Agreement> {
  const network = networkOf(opCase);
  const expected = await oracleOfOp(opCase);
  return compareNode(network, await runOp(backend, opCase), expected, undefined, backend.capabilities);
}
