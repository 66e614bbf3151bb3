import { render, type Tensor, type Tensors } from "@isoconv/core-spec";

/** A copy of the bits of named tensors. */
export type Snapshot = ReadonlyMap<string, Uint32Array>;

export function snapshot(tensors: Tensors): Snapshot {
  return new Map(Object.entries(tensors).map(([name, tensor]) => [name, bitsOf(tensor).slice()]));
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

/** Copies first, because a result may start at an unaligned offset of its buffer. */
function bitsOf({ data }: Tensor): Uint32Array {
  return new Uint32Array(data.slice().buffer);
}
