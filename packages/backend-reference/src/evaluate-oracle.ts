import {
  applyHandler,
  bindShape,
  elementCount,
  graphBuilder,
  IsoconvError,
  mapOperands,
  type AnyAttrs,
  type AnyInputs,
  type AttrsInput,
  type ConcreteShape,
  type Inputs,
  type OpName,
  type Value,
} from "@isoconv/core-spec";
import type { OracleArray, OracleSite } from "./oracle-array.js";
import { oracleOps } from "./oracle-ops.js";

/**
 * One operation in float64: its value and, where the registry defines one, its magnitude.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`, `INVALID_SHAPE` or `INVALID_GRAPH` as the `GraphBuilder`; `INVALID_FEED` when
 *   an operand's elements do not fill its shape
 */
export function evaluateOracle<K extends OpName>(
  op: K,
  inputs: Inputs<K, OracleArray>,
  attrs: AttrsInput<K>,
): OracleArray {
  const g = graphBuilder(op);
  const operands = new Map<string, OracleArray>();
  const values = mapOperands<OracleArray, Value>(inputs, (operand, path) => {
    checkFilled(operand, path);
    const name = path.replace(/\[(\d+)\]$/, ".$1");
    operands.set(name, operand);
    return g.input(name, operand.shape);
  });
  const y = g.apply(op, values, attrs, "y");
  const { nodes } = g.build({ y });
  const [node] = nodes;
  return applyHandler(oracleOps, node, (name) => operandOf(operands, name), {
    node: "y",
    shape: bindShape(y.shape, 1),
  });
}

/**
 * The kernel of one operation, without any check: for operands and attributes that a graph has validated, and many small
 * results.
 *
 * @param shape the result's shape
 */
export function computeOracle(
  op: OpName,
  inputs: AnyInputs<OracleArray>,
  attrs: AnyAttrs,
  shape: ConcreteShape,
): OracleArray {
  const kernel = oracleOps[op] as (inputs: AnyInputs<OracleArray>, attrs: AnyAttrs, site: OracleSite) => OracleArray;
  return kernel(inputs, attrs, { node: op, shape });
}

function operandOf(operands: ReadonlyMap<string, OracleArray>, name: string): OracleArray {
  const operand = operands.get(name);
  if (operand === undefined) throw new Error(`no operand ${name}`);
  return operand;
}

function checkFilled({ shape, value }: OracleArray, path: string): void {
  if (value.length === elementCount(shape)) return;
  throw new IsoconvError("INVALID_FEED", {
    path,
    what: "the data does not fill the shape",
    expected: `${elementCount(shape)} elements`,
    received: value.length,
  });
}
