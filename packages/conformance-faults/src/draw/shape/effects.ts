import { elementCount, type OpName } from "@isoconv/core-spec";
import { gatherAxis, mapElements, roundToBfloat16, roundToTf32, type HostArray } from "@isoconv/conformance/faults";
import { roundToHalf } from "@isoconv/judge";
import type { Operands, RightKernel } from "../spoiled.js";
import type { Stream } from "../stream.js";
import { axisOf, rolesOf, type Role } from "./roles.js";
import { tiles } from "./where.js";

/** A wrong result of a kernel. */
export interface Effect {
  readonly what: string;
  readonly apply: (operands: Operands, run: RightKernel) => HostArray;
}

/** Draws what goes wrong along the axis of a role. */
export function drawEffect(op: OpName, role: Role, stream: Stream): Effect {
  const tile = stream.pick(tiles);
  const onResult = (what: string, change: (y: HostArray) => HostArray): Effect => ({
    what,
    apply: (operands, run) => change(run(operands)),
  });
  const along = (what: string, from: (index: number, extent: number) => number): Effect =>
    onResult(`${what} ${axisName(role)}`, (y) => gather(y, role, from));
  const options: readonly (() => Effect)[] = [
    () => along("zeros in the last", (index, extent) => (index === extent - 1 ? -1 : index)),
    () =>
      along(`zeros in the tail of a tile of ${tile} of the`, (index, extent) =>
        inTail(index, extent, tile) ? -1 : index,
      ),
    () =>
      along(`the previous tile of ${tile} instead of the tail of the`, (index, extent) =>
        inTail(index, extent, tile) ? Math.max(0, index - tile) : index,
      ),
    () =>
      along("the neighbour's value in the last", (index, extent) =>
        index === extent - 1 ? Math.max(0, index - 1) : index,
      ),
    () =>
      along("the last two swapped of the", (index, extent) => (index < extent - 2 ? index : 2 * extent - 3 - index)),
    () => along("the next one's value in each but the last of the", (index, extent) => Math.min(index + 1, extent - 1)),
    () => drawRounding(stream, onResult),
    () => drawWrongElement(stream, onResult),
    () => drawWrap(stream, onResult),
    ...(rolesOf(op).includes("products") ? [() => dropTerms(op, stream)] : []),
    ...(rolesOf(op).includes("reduced extent") ? [() => staleOperand(stream)] : []),
  ];
  return stream.pick(options)();
}

function inTail(index: number, extent: number, tile: number): boolean {
  return index >= Math.floor((extent - 1) / tile) * tile;
}

function axisName(role: Role): string {
  switch (axisOf(role, 4)) {
    case 0:
      return "items of the batch";
    case 1:
      return "channels";
    case 2:
      return "rows";
    case 3:
      return "columns";
    default:
      return "elements";
  }
}

/** Entry `k` along the axis of a role is entry `from(k)` of the right result, or 0 if that is −1. */
function gather(y: HostArray, role: Role, from: (index: number, extent: number) => number): HostArray {
  const axis = axisOf(role, y.shape.length);
  const flat: HostArray = axis === undefined ? { shape: [y.data.length], data: y.data } : y;
  const extent = flat.shape[axis ?? 0];
  const inner = elementCount(flat.shape.slice((axis ?? 0) + 1));
  const moved = gatherAxis(flat, axis ?? 0, (index) => Math.max(0, Math.min(extent - 1, from(index, extent))));
  const isZero = (k: number): boolean => from(Math.floor(k / inner) % extent, extent) === -1;
  return { shape: y.shape, data: moved.data.map((value, k) => (isZero(k) ? 0 : value)) };
}

type OnResult = (what: string, change: (y: HostArray) => HostArray) => Effect;

const formats = [
  ["half", roundToHalf],
  ["bfloat16", roundToBfloat16],
  ["TF32", roundToTf32],
] as const;

function drawRounding(stream: Stream, onResult: OnResult): Effect {
  const [name, round] = stream.pick(formats);
  if (stream.chance(0.5)) return onResult(`results rounded to ${name}`, (y) => mapElements(y, round));
  const rounded = (operand: HostArray): HostArray => mapElements(operand, round);
  return {
    what: `operands rounded to ${name}`,
    apply: (operands, run) =>
      run(
        Object.fromEntries(
          Object.entries(operands).map(([key, operand]) => [
            key,
            operand === undefined ? undefined : "data" in operand ? rounded(operand) : operand.map(rounded),
          ]),
        ),
      ),
  };
}

function drawWrongElement(stream: Stream, onResult: OnResult): Effect {
  const parts = 1024;
  const part = stream.integer(0, parts - 1);
  return onResult(`one wrong element, ${part}/${parts} of the way`, (y) => {
    const at = Math.floor((part / parts) * y.data.length);
    return mapElements(y, (value, k) => (k === at ? value + 1 + Math.abs(value) : value));
  });
}

function drawWrap(stream: Stream, onResult: OnResult): Effect {
  const bits = stream.integer(4, 21);
  return onResult(`indices of elements wrapped at 2^${bits}`, (y) => mapElements(y, (_, k) => y.data[k % 2 ** bits]));
}

/** The last products of every sum are missing: their weights are 0. */
function dropTerms(op: OpName, stream: Stream): Effect {
  const count = stream.pick([1, 2, 3, 4, 8]);
  const apply: Effect["apply"] = (operands, run) => {
    const { w } = operands;
    if (w === undefined || !("data" in w)) return run(operands);
    // Terms are the last axes of [O, I, kH, kW]; the filters of a transposed convolution are [I, O, kH, kW].
    const terms = op === "convTranspose2d" ? elementCount(w.shape.slice(2)) : elementCount(w.shape.slice(1));
    return run({ ...operands, w: mapElements(w, (value, k) => (k % terms >= terms - count ? 0 : value)) });
  };
  return { what: `the last ${count} products of each sum are missing`, apply };
}

/** The last elements that are reduced have the value before them. */
function staleOperand(stream: Stream): Effect {
  const tile = stream.pick(tiles);
  const apply: Effect["apply"] = (operands, run) => {
    const { x } = operands;
    if (x === undefined || !("data" in x)) return run(operands);
    return run({
      ...operands,
      x: gather(x, "row length", (index, extent) => (inTail(index, extent, tile) ? 0 : index)),
    });
  };
  return { what: `the tail of a tile of ${tile} is reduced as if it repeated the first column`, apply };
}
