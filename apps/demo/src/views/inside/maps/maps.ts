/** The layout in which a value is shown: planes of rows and columns, or a row of numbers. */
export interface Layout {
  readonly kind: "planes" | "vector";
  /** Number of planes, or of numbers. */
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** Elements of the planes, row-major, one plane after another. */
export interface Planes {
  readonly data: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** The shown part of a value, and figures of the whole value. */
export interface Maps extends Layout, Planes {
  /** How many of `count` are in `data`, from the first. */
  readonly shown: number;
  /** Least and largest finite element of each shown plane. The least is the larger number if no element is finite. */
  readonly ranges: Float32Array;
  /** Least and largest finite element of the whole value, likewise. */
  readonly low: number;
  readonly high: number;
  /** Number of elements that are NaN or infinite. */
  readonly wild: number;
}

const PAGE = { planes: 64, vector: 1024 } as const;

/** The layout of the value of one image. The first axis is the batch. */
export function layoutOf(shape: readonly number[]): Layout {
  const extents = shape.slice(1);
  const [height = 1, width = 1] = extents.length > 1 ? extents.slice(-2) : [];
  const count = extents.reduce((product, extent) => product * extent, 1) / (height * width || 1);
  return { kind: height * width > 1 ? "planes" : "vector", count, height, width };
}

/** The first `pages` × 64 planes (or `pages` × 1,024 numbers) of a value, and the range of all. */
export function mapsOf(shape: readonly number[], values: Float32Array, pages: number): Maps {
  const layout = layoutOf(shape);
  const shown = Math.min(layout.count, pages * PAGE[layout.kind]);
  const plane = layout.height * layout.width;
  const ranges = new Float32Array(2 * shown);
  let [low, high, wild] = [Infinity, -Infinity, 0];
  for (let index = 0; index < layout.count; index += 1) {
    const range = rangeOf(values, index * plane, (index + 1) * plane);
    if (index < shown) ranges.set([range.low, range.high], 2 * index);
    low = Math.min(low, range.low);
    high = Math.max(high, range.high);
    wild += range.wild;
  }
  return { ...layout, shown, data: values.slice(0, shown * plane), ranges, low, high, wild };
}

function rangeOf(
  values: Float32Array,
  start: number,
  end: number,
): { readonly low: number; readonly high: number; readonly wild: number } {
  let [low, high, wild] = [Infinity, -Infinity, 0];
  for (let i = start; i < end; i += 1) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) wild += 1;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low, high, wild };
}

/** The number of pages needed to show a channel. */
export function pagesTo(channel: number): number {
  return Math.floor(channel / PAGE.planes) + 1;
}

/** Least and largest finite element of one shown plane. */
export function rangeAt({ ranges }: Maps, index: number): readonly [low: number, high: number] {
  return [ranges[2 * index] ?? NaN, ranges[2 * index + 1] ?? NaN];
}

/** The elements of one plane. */
export function planeAt({ data, height, width }: Planes, index: number): Float32Array {
  return data.subarray(index * height * width, (index + 1) * height * width);
}
