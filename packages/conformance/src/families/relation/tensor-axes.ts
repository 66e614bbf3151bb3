import { elementCount, float32, type Tensor, type Tensors, type TensorOf } from "@isoconv/core-spec";

/** The slices of a tensor at indices of an axis, in the given order. */
export function takeAlong(tensor: Tensor, axis: number, indices: readonly number[]): TensorOf<"float32"> {
  const { shape, data } = tensor;
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  const taken = new Float32Array(outer * indices.length * inner);
  for (let row = 0; row < outer; row += 1) {
    for (const [k, index] of indices.entries()) {
      const from = (row * shape[axis] + index) * inner;
      taken.set(data.subarray(from, from + inner), (row * indices.length + k) * inner);
    }
  }
  return float32(shape.with(axis, indices.length), taken);
}

/** The indices `from … to − 1`. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Concatenates tensors whose shapes differ only in the axis. */
export function joinAlong(tensors: readonly Tensor[], axis: number): TensorOf<"float32"> {
  const extents = tensors.map(({ shape }) => shape[axis]);
  const total = extents.reduce((sum, extent) => sum + extent, 0);
  const { shape } = tensors[0];
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  const joined = new Float32Array(outer * total * inner);
  let offset = 0;
  for (const [k, { data }] of tensors.entries()) {
    const run = extents[k] * inner;
    for (let row = 0; row < outer; row += 1) {
      joined.set(data.subarray(row * run, (row + 1) * run), row * total * inner + offset);
    }
    offset += run;
  }
  return float32(shape.with(axis, total), joined);
}

/** Exchanges height and width of tensors of rank 4; returns other tensors unchanged. */
export function swapHeightAndWidth(tensor: Tensor): Tensor {
  const { shape, data } = tensor;
  if (shape.length !== 4) return tensor;
  const [first, second, height, width] = shape;
  const plane = height * width;
  const swapped = Float32Array.from({ length: data.length }, (_, i) => {
    const within = i % plane;
    return data[i - within + (within % height) * width + Math.floor(within / height)];
  });
  return float32([first, second, width, height], swapped);
}

/** The same elements in another shape. */
export function reshaped({ data }: Tensor, shape: readonly number[]): TensorOf<"float32"> {
  return float32(shape, Float32Array.from(data));
}

/** Multiplies every element. */
export function multiplied({ shape, data }: Tensor, factor: number): TensorOf<"float32"> {
  return float32(
    shape,
    Float32Array.from(data, (element) => element * factor),
  );
}

/** Applies a function to each tensor. */
export function mapTensors(tensors: Tensors, transform: (tensor: Tensor, name: string) => Tensor): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, transform(tensor, name)]));
}
