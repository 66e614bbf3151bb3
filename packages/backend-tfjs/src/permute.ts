import { elementCount } from "@isoconv/core-spec";
import type { Device, DeviceArray } from "./device.js";

/**
 * Reorders axes: axis `i` of the result is axis `permutation[i]` of the array. The result is a view if the elements
 * keep their order in memory. Otherwise it is an equivalent transposition of the lowest rank, which is the fastest on
 * all runtimes.
 */
export function permute(device: Device, array: DeviceArray, permutation: readonly number[]): DeviceArray {
  const shape = permutation.map((axis) => array.shape[axis]);
  const runs = mergeAxes(array.shape, permutation);
  const empty = array.shape.includes(0);
  if (empty || runs.every((first, index) => index === 0 || runs[index - 1] < first)) return device.view(array, shape);
  const starts = runs.toSorted((a, b) => a - b);
  const merged = starts.map((start, index) =>
    elementCount(array.shape.slice(index === 0 ? 0 : start, starts[index + 1])),
  );
  const perm = runs.map((start) => starts.indexOf(start));
  return device.view(device.run("Transpose", { x: device.view(array, merged) }, { perm }), shape);
}

/** The first axes of the runs of axes that stay together, in their new order; axes of extent 1 belong to any run. */
function mergeAxes(shape: readonly number[], permutation: readonly number[]): readonly number[] {
  const solid = permutation.filter((axis) => shape[axis] !== 1);
  const follows = (axis: number, before: number | undefined): boolean =>
    before !== undefined && before < axis && shape.slice(before + 1, axis).every((extent) => extent === 1);
  return solid.filter((axis, index) => !follows(axis, solid[index - 1]));
}
