import {
  bindShape,
  definitionOf,
  elementCount,
  isIdentity,
  isIsoconvError,
  type AnyAttrs,
  type AttributeValue,
  type OpName,
  type Shape,
} from "@isoconv/core-spec";
import { type NetworkSpec, oneOpNetwork } from "@isoconv/judge";
import { recipeOf } from "../../ops/sizes/index.js";
import type { AgreementCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { historyOf } from "../history/history-of.js";
import type { Step } from "../history/step.js";
import type { Choice } from "../matrix/axes.js";
import type { Axes } from "../matrix/covering-array.js";
import { rowId } from "../matrix/row-id.js";
import { runAgreement } from "../run-agreement.js";
import { applications, coverApplications } from "./applications.js";
import { drawRows, type Measured } from "./draw-rows.js";
import { MAGNITUDES, withNumbers } from "./numbers.js";
import type { Sized, SizeRow } from "./recipe.js";

/**
 * Every operation at every size: the extents at which runtimes change course, in each role, with every option of every
 * attribute.
 */
export const size: Family<AgreementCase> = {
  plan: ({ profile, limits, seed, wants }) =>
    profile.ops.flatMap((op) => [
      ...(wants(`op/${op}/size/`) ? sizesOf(op, seed, limits.strength > 2) : []),
      ...(wants(`op/${op}/size/items-`) ? manyItemsOf(op, seed) : []),
      ...(wants(`op/${op}/size/zoo/`) ? zooSizesOf(op, seed, limits.models === "full") : []),
    ]),
  run: runAgreement,
};

/** The most work of an application in the quick budget. */
const QUICK_WORK = 4e6;

/** The applications of an operation in the zoo at full size: all, or a cheap part with every value of every role. */
function zooSizesOf(op: OpName, seed: number, all: boolean): readonly AgreementCase[] {
  const chosen = all ? applications()[op] : coverApplications(applications()[op], QUICK_WORK);
  return chosen.map(({ place, operands, node }, turn): AgreementCase => {
    const id = `op/${op}/size/zoo/${place}`;
    return caseOf(op, id, oneOpNetwork(id, op, operands, node.attrs, { batch: 1, seed }), turn);
  });
}

function caseOf(op: OpName, id: string, spec: NetworkSpec, turn: number): AgreementCase {
  const network = withNumbers(op, spec, turn);
  return { id, family: "size", ops: [op], network, exactly: "if proved", history: historyOf(network, "brief") };
}

/** The choices of an operation: those of its recipe, and the boundary values of every other attribute. */
function choicesOf(op: OpName): Axes<Choice> {
  const { choices, sets } = recipeOf(op);
  const attributes = Object.entries(definitionOf(op).attrs)
    .filter(([name]) => !Object.hasOwn(choices, name) && !sets.includes(name))
    .map(([name, { boundary }]): [string, readonly Choice[]] => [name, boundary]);
  return { ...choices, ...Object.fromEntries(attributes) };
}

/** Drawing the rows of all operations takes a second, and a plan depends on its options alone. */
const drawn = new Map<string, readonly AgreementCase[]>();

function sizesOf(op: OpName, seed: number, thorough: boolean): readonly AgreementCase[] {
  const key = `${op} ${seed} ${thorough}`;
  const cases = drawn.get(key) ?? drawSizes(op, seed, thorough);
  drawn.set(key, cases);
  return cases;
}

function drawSizes(op: OpName, seed: number, thorough: boolean): readonly AgreementCase[] {
  const { roles, corners } = recipeOf(op);
  const choices = choicesOf(op);
  const rows = drawRows({ roles, choices, corners, thorough, seed, name: `size/${op}`, measure: measureOf(op) });
  const axes = { ...roles, ...choices };
  const cases = rows.flatMap((row, turn): AgreementCase[] => {
    const id = `op/${op}/size/${rowId(op, axes, row)}`;
    const sized = applied(op, row);
    if (sized === undefined) return [];
    return [
      caseOf(op, id, oneOpNetwork(id, op, sized.shapes, sized.attrs, { batch: Number(row["batch"]), seed }), turn),
    ];
  });
  return [...new Map(cases.map((each) => [each.id, each])).values()];
}

/**
 * Batches up to one that is odd and larger than the given number of items: that by 12, by 6 and by 3, of which the second
 * is a multiple of every vector and tile. Consecutive ones are at most a factor of 3 apart.
 */
function countsOf(items: number): readonly number[] {
  const odd = (count: number): number => 2 * Math.floor(count / 2) + 3;
  return [odd(items / 12), 64 * Math.max(1, Math.round(items / 6 / 64)), odd(items / 3), odd(items)];
}

/** The elements of VGG's first values, the largest of a classic network. */
const MOST_ELEMENTS = 224 * 224 * 64;

/**
 * Batches of a few items, each many times, until the result has more elements than any of the operation in the zoo. The
 * oracle computes every item once. An operation that the zoo does not use gets as many as others.
 */
function manyItemsOf(op: OpName, seed: number): readonly AgreementCase[] {
  const { roles, items } = recipeOf(op);
  const axes = { ...roles, ...choicesOf(op) };
  // Attributes that the row does not set have their defaults, if there are any.
  const free = Object.entries(axes).filter(([axis]) => definitionOf(op).attrs[axis]?.fallback === undefined);
  const first = Object.fromEntries(free.map(([axis, options]) => [axis, options[0]]));
  const largest = Math.max(0, ...applications()[op].map(({ node }) => elementCount(bindShape(node.shape, 1))));
  const elements = Math.min(MOST_ELEMENTS, largest || MOST_ELEMENTS);
  return items.flatMap((part) => {
    const row = { ...first, ...part };
    const sized = applied(op, row);
    if (sized === undefined) return [];
    const each = elementCount(bindShape(definitionOf(op).infer(sized.shapes, sized.attrs, { op }), 1));
    const id = `op/${op}/size/items-${rowId(op, axes, row)}`;
    const spec = oneOpNetwork(id, op, sized.shapes, sized.attrs, { batch: Number(row["batch"]), seed });
    const history = [
      { kind: "run", data: "own" } as const,
      ...countsOf(elements / each).map((count): Step => ({ kind: "run", data: "own", items: { from: 1, count } })),
    ];
    const network = withNumbers(op, spec, MAGNITUDES);
    return [{ id, family: "size", ops: [op], network, exactly: "if proved", history }];
  });
}

/** The measure of an operation's rows: multiply-adds, and elements of operands and results. */
function measureOf(op: OpName): (row: SizeRow) => Measured | undefined {
  const definition = definitionOf(op);
  return (row) => {
    const sized = applied(op, row);
    if (sized === undefined) return undefined;
    const { shapes, attrs, unused } = sized;
    const batch = Number(row["batch"]);
    try {
      const output = bindShape(definition.infer(shapes, attrs, { op }), batch);
      const operands = Object.entries(shapes).flatMap(([name, shape]): readonly Shape[] => {
        if (shape === undefined) return [];
        return definition.inputs[name]?.arity === "many" ? (shape as readonly Shape[]) : [shape as Shape];
      });
      const bound = operands.map((operand) => bindShape(operand, batch));
      // Backends drop what changes nothing. A dropout never does.
      if (op !== "dropout" && isIdentity(op, bound, attrs, output)) return undefined;
      const own = definition.macs?.(shapes, attrs, output) ?? elementCount(output) * tapsOf(attrs);
      return { work: bound.reduce((sum, shape) => sum + elementCount(shape), elementCount(output) + own), unused };
    } catch (error) {
      if (isIsoconvError(error)) return undefined;
      throw error;
    }
  };
}

/** The elements under the window of a pool. */
function tapsOf({ kernel, size }: AnyAttrs): number {
  if (typeof size === "number") return size;
  return Array.isArray(kernel) ? kernel.reduce<number>((product, extent) => product * Number(extent), 1) : 0;
}

/** The shapes of a row, and all attributes: those that it chooses, those of the recipe, and defaults. */
function applied(op: OpName, row: SizeRow): Required<Sized> | undefined {
  const sized = recipeOf(op).apply(row);
  if (sized === undefined) return undefined;
  const { shapes, attrs: own = {}, unused = [] } = sized;
  const attrs: Record<string, AttributeValue> = {};
  for (const [name, { fallback }] of Object.entries(definitionOf(op).attrs)) {
    const value = own[name] ?? (row[name] as AttributeValue | undefined) ?? fallback;
    if (value !== undefined) attrs[name] = value;
  }
  return { shapes, attrs, unused };
}
