import { render, type Tensor, type Tensors } from "@isoconv/core-spec";

/** A copy of the bits of named tensors. */
export type Snapshot = ReadonlyMap<string, Uint32Array>;

export function snapshot(tensors: Tensors): Snapshot {
  return new Map(Object.entries(tensors).map(([name, tensor]) => [name, bitsOf(tensor)]));
}

/** Compares tensors with a snapshot bit by bit: `unchanged`, or the first element that differs. */
export function changeSince(before: Snapshot, tensors: Tensors): string {
  for (const [name, bits] of before) {
    const tensor = tensors[name];
    if (tensor === undefined) return `"${name}" is gone`;
    const now = bitsOf(tensor);
    if (now.length !== bits.length) return `"${name}" has ${now.length} elements instead of ${bits.length}`;
    const index = bits.findIndex((word, i) => word !== now[i]);
    if (index >= 0) return `"${name}"[${index}] changed to ${render(tensor.data[index])}`;
  }
  return "unchanged";
}

/** The bits of every NaN: IEEE 754 and ECMAScript leave its sign and payload open, and compiled code changes them. */
const NAN_BITS = 0x7fc00000;

/** Copies first, because a result may start at an unaligned offset of its buffer. */
function bitsOf({ data }: Tensor): Uint32Array {
  const copy = data.slice();
  const bits = new Uint32Array(copy.buffer);
  for (let k = 0; k < copy.length; k += 1) if (Number.isNaN(copy[k])) bits[k] = NAN_BITS;
  return bits;
}
