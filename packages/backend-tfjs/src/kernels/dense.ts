import { elementCount } from "@isoconv/core-spec";
import { fromPlain, toPlain } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { asColumns } from "../packing.js";
import { permute } from "../permute.js";
import { activationOf, flattenedLayout, sameLayout, type Activation, type Image, type Value } from "../value.js";
import { packed } from "./convolution.js";

export function linears(device: Device): Kernels<"linear"> {
  return {
    linear: kernel<"linear">(device, ({ x, w, bias }, { activation }, { shape }) => {
      const { rows, image } = rowsFor(device, activationOf(x), w);
      const [columns] = packed(device, w, asColumns(image));
      const [inputs, outputs] = columns.shape;
      const count = elementCount(shape.slice(0, -1));
      const product = device.run(
        "_FusedMatMul",
        {
          a: device.view(rows, [1, count, inputs]),
          b: device.view(columns, [1, inputs, outputs]),
          bias: bias === undefined ? undefined : device.settled(activationOf(bias).arrays[0]),
        },
        { transposeA: false, transposeB: false, activation: activation === "none" ? "linear" : activation },
      );
      return fromPlain(device, device.view(product, shape));
    }),
  };
}

/**
 * The input in the order of the matrix's rows. A packed matrix has the order that was planned for the input; if the
 * input arrives in another order, it is reordered. A matrix computed in the graph takes the order of the input.
 */
function rowsFor(device: Device, x: Activation, w: Value): { rows: DeviceArray; image: Image | undefined } {
  const image = w.kind === "packed" ? w.image : x.layout.kind === "flattened" ? x.layout.image : undefined;
  if (image === undefined) return { rows: toPlain(device, x), image };
  if (sameLayout(x.layout, flattenedLayout(image))) return { rows: x.arrays[0], image };
  const array = toPlain(device, x);
  const [channels, height, width] = image;
  const byChannel = device.view(array, [array.shape[0], channels, height * width]);
  return { rows: device.view(permute(device, byChannel, [0, 2, 1]), array.shape), image };
}
