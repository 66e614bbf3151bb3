import type { KernelSite } from "@isoconv/core-spec";
import { size, stridesOf, value, walk, type Kernel, type Value } from "./value.js";

/** The same elements with another shape; a copy, because a kernel never returns its operand. */
export function copy({ x }: { readonly x: Value }, _attrs: object, { shape }: KernelSite): Value {
  return value(shape, x.data.slice());
}

/** The elements at the offsets that `strides` give. */
function pick(x: Value, shape: readonly number[], strides: readonly number[], offset = 0): Value {
  return value(
    shape,
    Float32Array.from(walk(shape, strides, offset), (place) => x.data[place]),
  );
}

export const transpose: Kernel<"transpose"> = ({ x }, { permutation }, { shape }) => {
  const strides = permutation.map((axis) => stridesOf(x.shape)[axis]);
  return pick(x, shape, strides);
};

export const slice: Kernel<"slice"> = ({ x }, { axes, starts }, { shape }) => {
  const strides = stridesOf(x.shape);
  const cut = axes.length === 0 ? starts.map((_, axis) => axis) : axes;
  const offset = cut.reduce((sum, axis, k) => sum + starts[k] * strides[axis], 0);
  return pick(x, shape, strides, offset);
};

export const concat: Kernel<"concat"> = ({ xs }, { axis }, { shape }) => {
  const y = value(shape);
  const outer = size(shape.slice(0, axis));
  let place = 0;
  for (let block = 0; block < outer; block += 1)
    for (const { data } of xs) {
      const length = data.length / outer;
      y.data.set(data.subarray(block * length, (block + 1) * length), place);
      place += length;
    }
  return y;
};

export const pad2d: Kernel<"pad2d"> = ({ x }, { pads, value: constant }, { shape }) => {
  const y = value(shape);
  y.data.fill(constant);
  walk(x.shape, stridesOf(shape), pads[0] * shape[3] + pads[1]).forEach((place, k) => (y.data[place] = x.data[k]));
  return y;
};

export const upsample: Kernel<"upsample"> = ({ x }, { scales }, { shape }) => {
  const [batch, channels, height, width] = x.shape;
  const repeated = [batch * channels, height, scales[0], width, scales[1]];
  return { ...pick(x, repeated, [height * width, width, 0, 1, 0]), shape };
};
