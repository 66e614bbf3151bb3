import type { Attribute, AttributeValue } from "../attribute.js";
import { IsoconvError, type Location } from "../error.js";
import { didYouMean } from "../nearest-name.js";
import type { AnyAttrs, AnyInputs } from "../op.js";
import { checkKeys } from "../options.js";
import { definitionOf, type OpName } from "../registry.js";
import type { Shape } from "../shape.js";
import { checkSize } from "./check.js";
import type { Node } from "./graph.js";

/** A value a node may refer to. */
interface Named {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * Validates attributes and operands against the registry, infers the output shape and returns the frozen node.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`, `INVALID_SHAPE` or `INVALID_GRAPH`
 */
export function createNode(op: OpName, name: string, operands: AnyInputs<Named>, attributes: unknown): Node {
  const definition = definitionOf(op);
  const at: Location = { op, node: name };
  const attrs = parseAttributes(op, attributes, at);
  checkOperandNames(op, operands, at);
  const shapes: Record<string, Shape | readonly Shape[]> = {};
  const inputs: Record<string, string | readonly string[]> = {};
  for (const [key, operand] of Object.entries(definition.inputs)) {
    const given = operands[key];
    const path = `inputs.${key}`;
    if (given === undefined) {
      if (operand.arity !== "optional") throw operandError(at, key, "operand missing", operand.layout, undefined);
    } else if (operand.arity === "many") {
      if (!isList(given) || given.length === 0) {
        throw operandError(at, key, "operand is not a list", "one value or more", given);
      }
      shapes[key] = given.map((value, index) => operand.check(value.shape, { ...at, path: `${path}[${index}]` }));
      inputs[key] = given.map((value) => value.name);
    } else {
      if (isList(given)) throw operandError(at, key, "operand is a list", "one value", `${given.length} values`);
      shapes[key] = operand.check(given.shape, { ...at, path });
      inputs[key] = given.name;
    }
  }
  const shape = checkSize(definition.infer(shapes, attrs, at), { ...at, path: "shape" });
  return freezeNode({ op, name, inputs, attrs, shape });
}

/**
 * The registry's types are per operation. Here the operation is any of them, and the caller guarantees that the pieces
 * belong together.
 */
function freezeNode(node: { op: OpName; name: string; inputs: AnyInputs<string>; attrs: unknown; shape: Shape }): Node {
  for (const operand of Object.values(node.inputs)) Object.freeze(operand);
  Object.freeze(node.inputs);
  Object.freeze(node.attrs);
  Object.freeze(node.shape);
  return Object.freeze(node) as Node;
}

function parseAttributes(op: OpName, given: unknown, at: Location): AnyAttrs {
  const schema = definitionOf(op).attrs;
  const written = given ?? {};
  checkKeys(written, Object.keys(schema), "attribute", { ...at, path: "attrs" });
  const attrs: Record<string, AttributeValue> = {};
  for (const [key, attribute] of Object.entries(schema)) {
    const value = Object.hasOwn(written, key) ? written[key] : undefined;
    attrs[key] =
      value === undefined ? defaultOf(key, attribute, at) : attribute.parse(value, { ...at, path: `attrs.${key}` });
  }
  return attrs;
}

function defaultOf(key: string, { fallback, domain }: Attribute<AttributeValue>, at: Location): AttributeValue {
  if (fallback !== undefined) return fallback;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    ...at,
    path: `attrs.${key}`,
    what: "attribute missing",
    expected: domain,
  });
}

function checkOperandNames(op: OpName, operands: AnyInputs<Named>, at: Location): void {
  const names = Object.keys(definitionOf(op).inputs);
  for (const key of Object.keys(operands)) {
    if (!names.includes(key))
      throw operandError(at, key, "no such operand", names.join(", "), key, didYouMean(key, names));
  }
}

function operandError(
  at: Location,
  key: string,
  what: string,
  expected: string,
  received: unknown,
  hint?: string,
): IsoconvError {
  return new IsoconvError("INVALID_GRAPH", { ...at, path: `inputs.${key}`, what, expected, received, hint });
}

function isList<V>(operand: V | readonly V[]): operand is readonly V[] {
  return Array.isArray(operand);
}
