import { decompositions } from "./decompositions/index.js";
import { generalRules } from "./docs-rules.js";
import { formatFloat32 } from "./float32-text.js";
import { graphBuilder, type Value } from "./graph/builder.js";
import { shapesOf, type Graph } from "./graph/graph.js";
import { printGraph } from "./graph/print.js";
import { docOf } from "./ops/docs.js";
import type { AnyOp, AnyOpDoc, OpFamily, SpecialValues } from "./op.js";
import { decompose } from "./passes/decompose.js";
import { definitionOf, mapOperands, opNames, type OpName } from "./registry.js";
import { bindShape, formatShape, type Shape } from "./shape.js";

const families: Readonly<Record<OpFamily, string>> = {
  convolution: "Convolutions",
  dense: "Dense layers",
  pooling: "Pooling",
  normalisation: "Normalisation",
  activation: "Activations",
  elementwise: "Elementwise arithmetic",
  movement: "Data movement",
  reduction: "Reductions",
};

/** The text of docs/ops.md: every operation as the registry defines it. */
export function renderOpsDocs(): string {
  const sections = Object.entries(families).map(([family, title]) => {
    const members = opNames.filter((op) => definitionOf(op).family === family);
    return { title, members };
  });
  const contents = sections.map(({ title, members }) => {
    const links = members.map((op) => `[${op}](#${op.toLowerCase()})`).join(" · ");
    return `- ${title}: ${links}`;
  });
  const chapters = sections.map(({ title, members }) => `## ${title}\n\n${members.map(renderOp).join("\n")}`);
  return [
    "<!-- Generated from packages/core-spec/src/ops/ by `npm run docs`. Edit the operations, not this file. -->\n",
    generalRules,
    `## Contents\n\n${contents.join("\n")}\n`,
    ...chapters,
  ].join("\n");
}

function renderOp(op: OpName): string {
  const definition = definitionOf(op);
  const doc = docOf(op);
  const graph = exampleGraph(op, doc);
  const parts = [
    `### ${op}`,
    doc.summary,
    `\`\`\`text\n${doc.formula}\n\`\`\``,
    table(["operand", "shape", "meaning"], operandRows(definition, doc)),
    table(["attribute", "domain", "default", "meaning"], attributeRows(definition, doc)),
    doc.notes.map((note) => `- ${note}`).join("\n"),
    renderExample(op, doc, graph),
    `**Special values**: ${renderSpecial(definition.special)}`,
    `**Accuracy**: ${renderAccuracy(op, graph)}`,
    renderDecomposition(op, graph),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The example as a graph of one node "y". */
function exampleGraph(op: OpName, { example }: AnyOpDoc): Graph {
  const g = graphBuilder(op);
  const inputs = Object.entries(example.inputs).map(([name, shape]) => {
    const value = isShapeList(shape)
      ? shape.map((one, index) => g.input(`${name}${index}`, one))
      : g.input(name, shape ?? []);
    return [name, value] as const;
  });
  return g.build({ y: g.apply(op, Object.fromEntries<Value | readonly Value[]>(inputs), example.attrs, "y") });
}

function isShapeList(shape: Shape | readonly Shape[] | undefined): shape is readonly Shape[] {
  return Array.isArray(shape?.[0]);
}

function operandRows({ inputs }: AnyOp, doc: AnyOpDoc): string[][] {
  return Object.entries(inputs).map(([name, { arity, layout }]) => {
    const remark = arity === "optional" ? " Optional." : arity === "many" ? " One or more." : "";
    return [`\`${name}\``, layout.replace(/^\[[^\]]*\]/, "`$&`"), `${doc.inputs[name] ?? ""}${remark}`];
  });
}

function attributeRows({ attrs }: AnyOp, doc: AnyOpDoc): string[][] {
  return Object.entries(attrs).map(([name, { domain, fallback }]) => {
    return [
      `\`${name}\``,
      domain,
      fallback === undefined ? "required" : `\`${renderValue(fallback)}\``,
      doc.attrs[name] ?? "",
    ];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderValue).join(", ")}]`;
  return typeof value === "number" ? formatFloat32(value) : JSON.stringify(value);
}

function renderExample(op: OpName, { example }: AnyOpDoc, { nodes }: Graph): string {
  const shapes = Object.entries(example.inputs).map(([name, shape]) =>
    isShapeList(shape) ? `${name}: [${shape.map(formatShape).join(", ")}]` : `${name}: ${formatShape(shape ?? [])}`,
  );
  const attrs = Object.entries(example.attrs).map(([name, value]) => `${name}: ${renderValue(value)}`);
  const operands = `{ ${Object.keys(example.inputs).join(", ")} }`;
  const call = `g.${op}(${operands}${attrs.length === 0 ? "" : `, { ${attrs.join(", ")} }`})`;
  return `\`\`\`ts\n// ${shapes.join(", ")}\n${call}; // ${nodes.map(({ shape }) => formatShape(shape)).join()}\n\`\`\``;
}

function renderSpecial({ nan, signedZero }: SpecialValues): string {
  const nans: Record<SpecialValues["nan"], string> = {
    moved: "every value is copied bit for bit, NaN and ∞ included",
    propagates: "a NaN among the inputs of an element makes it NaN",
    selects: "a NaN among the inputs of an element makes it NaN, ∞ takes part in the comparison",
  };
  const zeros: Record<SpecialValues["signedZero"], string> = {
    kept: "the sign of a zero is kept",
    free: "a zero may have either sign",
  };
  return `${nans[nan]}; ${zeros[signedZero]}.`;
}

function renderAccuracy(op: OpName, graph: Graph): string {
  const known = shapesOf(graph);
  const [node] = graph.nodes;
  if (node === undefined) return "";
  const shapes = mapOperands<string, Shape>(node.inputs, (name) => bindShape(known.get(name) ?? [], 1));
  const rule = definitionOf(op).accuracy(shapes, node.attrs, bindShape(node.shape, 1));
  if (rule.kind === "exact") return "exact.";
  if (rule.kind === "selection") return "selected.";
  const { bound = "", magnitude } = docOf(op);
  const [bracket, length] = bound.split(", n = ");
  const terms = [`u_acc·(${bracket})`, ...(rule.inputs === 0 ? [] : [`${rule.inputs}·u_in·M`]), "u_out·|ŷ|", "η"];
  const where = [
    ...(length === undefined ? [] : [`- n = ${length}`]),
    ...(magnitude === undefined ? [] : [`- \`M = ${magnitude}\``]),
  ];
  return [`rounded, \`|y − ŷ| ≤ ${terms.join(" + ")}\``, ...where].join("\n");
}

function renderDecomposition(op: OpName, graph: Graph): string {
  if (!Object.hasOwn(decompositions, op)) return "";
  const expanded = decompose(new Set([op])).run({ graph, parameters: {} }).graph;
  const lines = printGraph(expanded)
    .split("\n")
    .filter((line) => / = \w+\(/.test(line))
    .map((line) => line.trim());
  const text = `A backend without a kernel for this operation runs it as others; the example becomes`;
  return `**Decomposition**: ${text}\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\``;
}
