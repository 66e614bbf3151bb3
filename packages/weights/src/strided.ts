import { elementCount, type ConcreteShape } from "@isoconv/core-spec";

/** Where the elements of a tensor lie in a storage; all counts are of elements. */
export interface StridedLayout {
  readonly offset: number;
  readonly shape: ConcreteShape;
  readonly strides: readonly number[];
}

/** The strides of a tensor in row-major order. */
export function rowMajorStrides(shape: ConcreteShape): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/** The strides of a tensor in column-major order, as Fortran stores it. */
export function columnMajorStrides(shape: ConcreteShape): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(0, axis)));
}

/** Whether the elements lie one after another in row-major order. */
export function isContiguous({ shape, strides }: StridedLayout): boolean {
  if (shape.includes(0)) return true;
  const wanted = rowMajorStrides(shape);
  return shape.every((extent, axis) => extent === 1 || strides[axis] === wanted[axis]);
}

/** One past the last element that a tensor has in its storage; 0 if it has no elements. */
export function endOf({ offset, shape, strides }: StridedLayout): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((end, extent, axis) => end + (extent - 1) * (strides[axis] ?? 0), offset + 1);
}

/**
 * The elements of a tensor in row-major order: a view of the storage if they lie so, a copy otherwise. The layout must
 * lie within the storage.
 */
export function takeElements(storage: Uint8Array, itemBytes: number, layout: StridedLayout): Uint8Array {
  const count = elementCount(layout.shape);
  if (isContiguous(layout)) {
    const begin = count === 0 ? 0 : layout.offset * itemBytes;
    return storage.subarray(begin, begin + count * itemBytes);
  }
  const elements = new Uint8Array(count * itemBytes);
  const { shape, strides, offset } = layout;
  const last = shape.length - 1;
  const [rowLength, rowStride] = [shape[last], strides[last]];
  const index = shape.map(() => 0);
  let start = offset;
  for (let written = 0; written < elements.byteLength;) {
    if (itemBytes === 4) copyRow4(storage, start, rowStride, elements, written, rowLength);
    else copyRow(storage, start, rowStride, elements, written, rowLength, itemBytes);
    written += rowLength * itemBytes;
    // The next row: count up all axes but the last.
    for (let axis = last - 1; axis >= 0; axis -= 1) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      start += stride;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      start -= stride * next;
    }
  }
  return elements;
}

function copyRow(
  storage: Uint8Array,
  start: number,
  stride: number,
  elements: Uint8Array,
  written: number,
  count: number,
  itemBytes: number,
): void {
  for (let item = 0; item < count; item += 1) {
    const from = (start + item * stride) * itemBytes;
    const to = written + item * itemBytes;
    for (let byte = 0; byte < itemBytes; byte += 1) elements[to + byte] = storage[from + byte] ?? 0;
  }
}

/** The usual case, without the inner loop. */
function copyRow4(
  storage: Uint8Array,
  start: number,
  stride: number,
  elements: Uint8Array,
  written: number,
  count: number,
): void {
  let from = 4 * start;
  const end = written + 4 * count;
  for (let to = written; to < end; to += 4) {
    elements[to] = storage[from] ?? 0;
    elements[to + 1] = storage[from + 1] ?? 0;
    elements[to + 2] = storage[from + 2] ?? 0;
    elements[to + 3] = storage[from + 3] ?? 0;
    from += 4 * stride;
  }
}

/** Reverses the bytes of each element. */
export function swapBytes(elements: Uint8Array, itemBytes: number): Uint8Array {
  const swapped = elements.slice();
  for (let at = 0; at < swapped.byteLength; at += itemBytes) swapped.subarray(at, at + itemBytes).reverse();
  return swapped;
}
