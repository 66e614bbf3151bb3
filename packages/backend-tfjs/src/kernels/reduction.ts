import { fromPlain, LOGICAL_AXIS, PHYSICAL_AXIS, toPlain } from "../convert.js";
import type { Device } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { permute } from "../permute.js";
import { activationOf, channelsLast } from "../value.js";
import { averageImage } from "./pooling.js";

export function reductions(device: Device): Kernels<"mean"> {
  return {
    mean: kernel<"mean">(device, ({ x }, { axes, keepDims }, { shape }) => {
      const value = activationOf(x);
      if (value.layout.kind !== "channelsLast") {
        const array = toPlain(device, value);
        const { extents, axis } = mergeAxes(array.shape, axes);
        const means = device.run("Mean", { x: device.view(array, extents) }, { axis, keepDims: false });
        return fromPlain(device, device.view(means, shape));
      }
      const [image] = value.arrays;
      const spatial = axes.length === 2 && axes.includes(2) && axes.includes(3);
      const axis = axes.map((logical) => PHYSICAL_AXIS[logical]);
      const means = spatial ? averageImage(device, image) : device.run("Mean", { x: image }, { axis, keepDims: true });
      if (keepDims) return channelsLast(means);
      // Reorder the remaining axes from N, H, W, C to N, C, H, W.
      const kept = LOGICAL_AXIS.filter((logical) => !axes.includes(logical));
      const remaining = device.view(
        means,
        kept.map((logical) => image.shape[PHYSICAL_AXIS[logical]]),
      );
      const logicalOrder = kept.toSorted((a, b) => a - b).map((logical) => kept.indexOf(logical));
      return fromPlain(device, device.view(permute(device, remaining, logicalOrder), shape));
    }),
  };
}

/** Neighbouring axes that are all averaged or all kept become one: WebGL transposes no more than six axes. */
function mergeAxes(
  shape: readonly number[],
  averaged: readonly number[],
): { readonly extents: number[]; readonly axis: number[] } {
  const extents: number[] = [];
  const axis: number[] = [];
  for (const [logical, extent] of shape.entries()) {
    const isAveraged = averaged.includes(logical);
    if (logical > 0 && isAveraged === averaged.includes(logical - 1)) extents[extents.length - 1] *= extent;
    else {
      if (isAveraged) axis.push(extents.length);
      extents.push(extent);
    }
  }
  return { extents, axis };
}
