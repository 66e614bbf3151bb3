import { definitionOf, type OpName } from "@isoconv/core-spec";
import { exampleNetwork, fillNetwork } from "@isoconv/judge";
import { casesOf } from "../../ops/index.js";
import type { ErrorCase } from "../../plan/case.js";
import { rawCopy, withAttributes, withNode, withShape, type RawGraph } from "./raw-graph.js";
import { graphRefusal } from "./refusal.js";
import { rowName } from "./row-name.js";

/** Invalid applications of an operation: its example with one change each. */
export function planOpErrors(op: OpName): readonly ErrorCase[] {
  const network = exampleNetwork(op, `${op}-error`);
  const { graph, parameters } = fillNetwork(network, { arithmetic: "f32" });
  const valid = rawCopy(graph);
  const changed = [...wrongAttributes(op, valid), ...wrongOperands(op, valid), ...misfitting(op, valid)];
  return changed.map(([row, invalid]) => {
    const id = `op/${op}/error/${row}`;
    const request = { step: "compile", graph: invalid, parameters, expected: graphRefusal(id, invalid) } as const;
    return { id, family: "error", ops: [op], request };
  });
}

type Row = readonly [name: string, graph: RawGraph];

function wrongAttributes(op: OpName, valid: RawGraph): readonly Row[] {
  const attributes = Object.entries(definitionOf(op).attrs);
  const rows = attributes.flatMap(([name, { invalid }]) =>
    invalid.map((value): Row => [`${name}-${rowName(value)}`, withAttributes(valid, { [name]: value })]),
  );
  const missing = attributes
    .filter(([, { optional }]) => !optional)
    .map(([name]): Row => [`${name}-missing`, withAttributes(valid, { [name]: undefined })]);
  // The map removes duplicates in a descriptor's list.
  return [
    ...new Map(rows),
    ...missing,
    ["unknown-attribute", withAttributes(valid, { dataFormat: "NHWC" })],
    ["attributes-not-an-object", withNode(valid, (node) => ({ ...node, attrs: [1] }))],
  ];
}

function wrongOperands(op: OpName, valid: RawGraph): readonly Row[] {
  const [node] = valid.nodes;
  const ranks = new Map([...valid.inputs, ...valid.parameters].map(({ name, shape }) => [name, shape]));
  const rows = Object.entries(definitionOf(op).inputs).flatMap(([operand, { arity, layout }]): Row[] => {
    const given = node.inputs[operand];
    const name = Array.isArray(given) ? (given[0] as unknown) : given;
    const shape = ranks.get(name);
    if (typeof name !== "string" || !Array.isArray(shape)) return [];
    const replaced = (value: unknown): RawGraph =>
      withNode(valid, (each) => ({ ...each, inputs: { ...each.inputs, [operand]: value } }));
    return [
      ...(arity === "optional" ? [] : [[`${operand}-missing`, replaced(undefined)] as const]),
      [`${operand}-refers-to-nothing`, replaced("nowhere")],
      arity === "many" ? [`${operand}-not-a-list`, replaced(name)] : [`${operand}-a-list`, replaced([name])],
      ...(layout === "any shape" ? [] : [[`${operand}-scalar`, withShape(valid, name, [])] as const]),
    ];
  });
  const extra = withNode(valid, (each) => ({ ...each, inputs: { ...each.inputs, extra: valid.inputs[0].name } }));
  return [...rows, ["unknown-operand", extra]];
}

function misfitting(op: OpName, valid: RawGraph): readonly Row[] {
  return casesOf(op).misfits.map(({ name, attrs = {}, shapes = {} }) => {
    const reshaped = Object.entries(shapes).reduce((graph, [value, shape]) => withShape(graph, value, shape), valid);
    return [name, withAttributes(reshaped, attrs)];
  });
}
