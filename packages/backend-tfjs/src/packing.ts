import { filterBank, splitVector } from "./filters.js";
import type { Device, DeviceArray } from "./device.js";
import { fromPlain, toImage } from "./convert.js";
import { permute } from "./permute.js";
import { plain, type Image, type Value } from "./value.js";

/**
 * How a parameter is prepared, once, for the operand that reads it. Weights that are not parameters are prepared by the
 * same code at every run.
 */
export interface Packing {
  /** The name of the packing: equal keys mean equal results. */
  readonly key: string;
  /** Takes the parameter in logical order. */
  apply(device: Device, array: DeviceArray): Value;
}

/** The layout of any other value. */
export const asValue: Packing = { key: "value", apply: fromPlain };

/** Logical order even at rank 4, for operands that broadcast with values of a higher rank. */
export const asPlain: Packing = { key: "plain", apply: (_device, array) => plain(array) };

/** An operand of rank ≤ 4 that broadcasts against images. */
export const asImage: Packing = {
  key: "image",
  apply: (device, array) => ({
    kind: "activation",
    arrays: [toImage(device, plain(array))],
    layout: { kind: "channelsLast" },
  }),
};

/** Filters of `conv2d`, [O, I, kH, kW], or of `convTranspose2d`, [I, O, kH, kW] rotated by 180°. */
export function asFilters(groups: number, { transposed }: { readonly transposed: boolean }): Packing {
  const key = `${transposed ? "transposed " : ""}filters in ${groups}`;
  return {
    key,
    apply: (device, array) => ({ kind: "packed", arrays: filterBank(device, array, groups, transposed), key }),
  };
}

/** A bias split by group. */
export function asGroupedBias(groups: number): Packing {
  const key = `vector in ${groups}`;
  return { key, apply: (device, array) => ({ kind: "packed", arrays: splitVector(device, array, groups), key }) };
}

/**
 * The matrix of a linear layer, [O, I], as [I, O]. If `image` is given, the layer reads an image flattened in the order
 * H, W, C, and the rows are put in that order.
 */
export function asColumns(image: Image | undefined): Packing {
  const key = image === undefined ? "columns" : `columns of ${image.join("×")}`;
  return {
    key,
    apply(device, array) {
      const [rows, columns] = array.shape;
      const [channels, height, width] = image ?? [columns, 1, 1];
      const bySource = device.view(array, [rows, channels, height * width]);
      return {
        kind: "packed",
        arrays: [device.view(permute(device, bySource, [2, 1, 0]), [columns, rows])],
        key,
        image,
      };
    },
  };
}
