/** How a value is shown: as planes of rows and columns, or as a row of numbers. */
export interface Layout {
  readonly kind: "planes" | "vector";
  /** Planes, or numbers. */
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** Rows and columns, one plane after another. */
export interface Planes {
  readonly data: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** What of one value is on show, and what is true of all of it. */
export interface Maps extends Layout, Planes {
  /** How many of `count` are in `data`: the first ones. */
  readonly shown: number;
  /** Of each plane that is shown: its least and its largest finite element; the least is larger where there is none. */
  readonly ranges: Float32Array;
  /** The least and the largest finite element of all, likewise. */
  readonly low: number;
  readonly high: number;
  /** Elements that are NaN or infinite. */
  readonly wild: number;
}

const PAGE = { planes: 64, vector: 1024 } as const;

/** How the value of one image is shown, its first axis being the batch. */
export function layoutOf(shape: readonly number[]): Layout {
  const extents = shape.slice(1);
  const [height = 1, width = 1] = extents.length > 1 ? extents.slice(-2) : [];
  const count = extents.reduce((product, extent) => product * extent, 1) / (height * width || 1);
  return { kind: height * width > 1 ? "planes" : "vector", count, height, width };
}

/** The first planes of a value, `pages` times 64 (or 1,024 numbers), and the range of all. */
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

/** How many pages it takes to show a channel. */
export function pagesTo(channel: number): number {
  return Math.floor(channel / PAGE.planes) + 1;
}

/** The least and the largest finite element of one plane that is shown. */
export function rangeAt({ ranges }: Maps, index: number): readonly [low: number, high: number] {
  return [ranges[2 * index] ?? NaN, ranges[2 * index + 1] ?? NaN];
}

/** One of some planes. */
export function planeAt({ data, height, width }: Planes, index: number): Float32Array {
  return data.subarray(index * height * width, (index + 1) * height * width);
}
