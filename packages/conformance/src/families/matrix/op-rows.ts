import { definitionOf, isIsoconvError, type OpName } from "@isoconv/core-spec";
import { type Fill, type NetworkSpec, oneOpNetwork } from "@isoconv/judge";
import { casesOf } from "../../ops/index.js";
import { coveringArray, type Axes, type CoveringArray, type Row } from "./covering-array.js";
import { choiceKey, type Choice } from "./axes.js";
import { rowId } from "./row-id.js";

/** The axes of an operation: those of its entry, and the boundary values of every attribute. */
export function axesOf(op: OpName): Axes<Choice> {
  const { axes } = casesOf(op).axes;
  const attributes = Object.entries(definitionOf(op).attrs).map(([name, { boundary }]): [string, readonly Choice[]] => [
    name,
    distinct([...boundary, ...(Object.hasOwn(axes, name) ? (axes[name] ?? []) : [])]),
  ]);
  return { ...axes, ...Object.fromEntries(attributes) };
}

function distinct(values: readonly Choice[]): readonly Choice[] {
  return [...new Map(values.map((value) => [choiceKey(value), value])).values()];
}

/** The network of a row; its name is the case id. */
export function networkOfRow(
  op: OpName,
  id: string,
  row: Row<Choice>,
  seed: number,
  fills: Readonly<Record<string, Fill>> = {},
): NetworkSpec {
  const { attrs } = definitionOf(op);
  const shapes = casesOf(op).axes.shapes(row);
  const chosen = Object.fromEntries(Object.entries(row).filter(([axis]) => Object.hasOwn(attrs, axis)));
  return oneOpNetwork(id, op, shapes, chosen, { seed, fills });
}

/** A cache, because the search takes a second for all operations and two families need the same rows. */
const found = new Map<string, CoveringArray<Choice>>();

/** Few rows with every valid combination of `strength` values, independent of the seed. */
export function rowsOf(op: OpName, strength: 2 | 3): CoveringArray<Choice> {
  const key = `${op}/${strength}`;
  const rows = found.get(key) ?? coveringArray(axesOf(op), strength, (row) => isValid(op, row));
  found.set(key, rows);
  return rows;
}

function isValid(op: OpName, row: Row<Choice>): boolean {
  try {
    networkOfRow(op, "row", row, 1);
    return true;
  } catch (error) {
    if (isIsoconvError(error)) return false;
    throw error;
  }
}

/** Every row with the last part of its case id. */
export function namedRows(
  op: OpName,
  family: "matrix" | "exact",
  strength: 2 | 3,
): readonly { readonly id: string; readonly row: Row<Choice> }[] {
  const axes = axesOf(op);
  return rowsOf(op, strength).rows.map((row) => ({ id: `op/${op}/${family}/${rowId(op, axes, row)}`, row }));
}
