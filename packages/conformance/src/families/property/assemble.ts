import type { OpName, Shape } from "@isoconv/core-spec";
import { type Fill, type NetworkSpec, positives } from "@isoconv/judge";
import { chooseBy } from "./choose.js";
import type { Draft, Step } from "./draft.js";
import { drawAttributes } from "./draw-attributes.js";
import { drawMain, drawOperands } from "./draw-operands.js";
import { drawWindow } from "./draw-window.js";
import type { PropertyFocus } from "./focus.js";
import { FED, JOINS } from "./joins.js";
import { LARGEST_LIMIT, limitOf } from "./limit.js";
import { Sketch } from "./sketch.js";
import { isSmall, LARGEST_BATCH } from "./small.js";

const batches: readonly { readonly extent: Shape[number]; readonly batch: number }[] = [
  { extent: 1, batch: 1 },
  { extent: "N", batch: 1 },
  { extent: "N", batch: 2 },
  { extent: 2, batch: 2 },
  { extent: "N", batch: LARGEST_BATCH },
];

/** How often a node is drawn if its operands and attributes do not fit; the last attempt takes the simplest choices. */
const ATTEMPTS = 4;

/**
 * The graph of a draft: applies its steps one by one and skips those that do not fit.
 *
 * @param ops the operations that the graph may use
 * @returns `undefined` if the node of the focus does not fit
 */
export function assemble(draft: Draft, focus: PropertyFocus, ops: readonly OpName[]): NetworkSpec | undefined {
  const { extent, batch } = chooseBy([draft.batch])(batches);
  const sketch = new Sketch();
  // Branches meet more often than other operations are drawn.
  const weighted = [...ops, ...JOINS, ...JOINS, ...JOINS].filter((op) => ops.includes(op));
  const addAll = (steps: readonly Step[]): void => {
    for (const step of steps) addNode(sketch, step, weighted, extent);
  };
  addAll(draft.before);
  const isFocused = focus !== "any" && addNode(sketch, draft.focus, [focus], extent);
  if (focus === "any" && !chooseBy([draft.middle])([true, false])) addAll([draft.focus]);
  addAll(draft.after);
  if (focus === "any" && sketch.nodes.length === 0) addAll([draft.focus]);
  if (focus === "any" ? sketch.nodes.length === 0 : !isFocused) return undefined;
  const graph = sketch.build("property", chooseOutputs(sketch, draft));
  const fills = Object.fromEntries(
    [...graph.inputs, ...graph.parameters].flatMap(({ name }): [string, Fill][] => {
      if (name.startsWith("variance")) return [[name, positives]];
      return name.startsWith("x") ? [[name, { kind: "uniform", low: -FED, high: FED }]] : [];
    }),
  );
  return { graph, batch, seed: draft.seed, fills };
}

function addNode(sketch: Sketch, step: Step, ops: readonly OpName[], batch: Shape[number]): boolean {
  const [operation, ...rest] = step;
  const op = chooseBy([operation])(ops);
  for (let attempt = 0; attempt <= ATTEMPTS; attempt += 1) {
    // Each attempt reads the same numbers from another start.
    const choose = chooseBy(attempt < ATTEMPTS ? [...rest.slice(attempt), ...rest.slice(0, attempt)] : []);
    const main = drawMain(op, batch, sketch, choose);
    const window = drawWindow(op, main.shape, choose);
    const attrs = drawAttributes(op, main.shape, window, choose);
    const operands = drawOperands(op, main, attrs, window, sketch, choose);
    const limit = limitOf(op, operands, attrs);
    if (limit <= LARGEST_LIMIT && sketch.add(op, operands, attrs, limit, isSmall)) return true;
  }
  return false;
}

/** Chooses the unused nodes as outputs. Sometimes it adds a used node or inputs, or leaves an unused node dead. */
function chooseOutputs(sketch: Sketch, { endings, passed }: Pick<Draft, "endings" | "passed">): readonly string[] {
  const used = new Set<string>();
  for (const { operands } of sketch.nodes) {
    for (const operand of Object.values(operands).flat()) if (operand !== undefined) used.add(operand.name);
  }
  const names = sketch.nodes.map(({ name }) => name);
  const chosen = names.filter((name, k) => {
    const isTerminal = !used.has(name);
    return chooseBy([endings[k]])([isTerminal, isTerminal, isTerminal, true, false]);
  });
  const inputs = sketch.values.filter(({ kind }) => kind === "input").map(({ name }) => name);
  const passing = chooseBy([passed])([[], [], [], [], [], inputs.slice(0, 1), inputs]);
  return [...(chosen.length > 0 ? chosen : names.slice(-1)), ...passing];
}
