import { decomposed, elementCount } from "@isoconv/core-spec";
import { toPlain } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { activation, activationOf, plain, type Activation, type Value } from "../value.js";

type Activations =
  "relu" | "leakyRelu" | "prelu" | "elu" | "clip" | "sigmoid" | "hardSigmoid" | "tanh" | "silu" | "hardSwish" | "gelu";

/** Applied to each element separately, so the layout is unchanged; `plan.ts` relies on that. */
export function activations(device: Device): Kernels<Activations> {
  const run = (name: string, x: DeviceArray, attrs: Record<string, unknown> = {}): DeviceArray =>
    device.run(name, { x }, attrs);
  return {
    relu: kernel<"relu">(device, ({ x }) =>
      elementwise(device, x, (array) =>
        device.runtime.traits.reluPassesSubnormals
          ? run("ClipByValue", array, { clipValueMin: 0, clipValueMax: Infinity })
          : run("Relu", array),
      ),
    ),
    leakyRelu: kernel<"leakyRelu">(device, ({ x }, { slope }) =>
      elementwise(device, x, (array) => run("LeakyRelu", array, { alpha: slope })),
    ),
    prelu: kernel<"prelu">(device, ({ x, slope }) => {
      const value = activationOf(x);
      const [slopes] = activationOf(slope).arrays;
      const [count] = slopes.shape;
      if (count === 1) return elementwise(device, x, (array) => leak(device, array, slopes));
      if (value.layout.kind === "channelsLast") {
        const [array] = value.arrays;
        const pixels = device.view(array, [elementCount(array.shape) / count, count]);
        return activation(device.view(leak(device, pixels, slopes), array.shape), value.layout);
      }
      const array = toPlain(device, value);
      const channels = device.view(array, [array.shape[0], count, elementCount(array.shape.slice(2))]);
      return plain(device.view(leak(device, channels, device.view(slopes, [count, 1])), array.shape));
    }),
    // elu of slope 1 is negative exactly where x is.
    elu: kernel<"elu">(device, ({ x }, { alpha }) =>
      elementwise(device, x, (array) => {
        const y = run("Elu", array);
        return alpha === 1 ? y : run("LeakyRelu", y, { alpha });
      }),
    ),
    clip: kernel<"clip">(device, ({ x }, { min, max }) =>
      elementwise(device, x, (array) => {
        if (min < max) return run("ClipByValue", array, { clipValueMin: min, clipValueMax: max });
        // XNNPACK refuses an empty range, but only prints to the console and returns uninitialised memory.
        const capped = device.run("Minimum", { a: array, b: device.scalar(max) });
        return device.run("Maximum", { a: capped, b: device.scalar(min) });
      }),
    ),
    sigmoid: kernel<"sigmoid">(device, ({ x }) => elementwise(device, x, (array) => run("Sigmoid", array))),
    hardSigmoid: kernel<"hardSigmoid">(device, ({ x }) =>
      elementwise(device, x, (array) => {
        const sixth = device.run("RealDiv", { a: array, b: device.scalar(6) });
        const line = device.run("Add", { a: sixth, b: device.scalar(0.5) });
        return run("ClipByValue", line, { clipValueMin: 0, clipValueMax: 1 });
      }),
    ),
    tanh: kernel<"tanh">(device, ({ x }) => elementwise(device, x, (array) => run("Tanh", array))),
    silu: decomposed,
    hardSwish: decomposed,
    // x · ((1 + erf(x/√2)) / 2): x · (1 + erf(x/√2)) would overflow where the result, half of it, does not.
    gelu: kernel<"gelu">(device, ({ x }) =>
      elementwise(device, x, (array) => {
        const scaled = device.run("Multiply", { a: array, b: device.scalar(Math.SQRT1_2) });
        const twice = device.run("Add", { a: run("Erf", scaled), b: device.scalar(1) });
        const share = device.run("Multiply", { a: twice, b: device.scalar(0.5) });
        return device.run("Multiply", { a: array, b: share });
      }),
    ),
  };
}

/** max(x, 0) + slope · min(x, 0), of which one is 0. Not all runtimes have a kernel with slopes. */
function leak(device: Device, x: DeviceArray, slopes: DeviceArray): DeviceArray {
  const negative = device.run("Minimum", { a: x, b: device.scalar(0) });
  return device.run("Add", {
    a: device.run("Relu", { x }),
    b: device.run("Multiply", { a: negative, b: slopes }),
  });
}

/** On a vector: XNNPACK's binary kernels take no more than `LARGEST_RANK` axes. */
function elementwise(device: Device, x: Value, work: (array: DeviceArray) => DeviceArray): Activation {
  const {
    arrays: [array],
    layout,
  } = activationOf(x);
  const vector = device.view(array, [elementCount(array.shape)]);
  return activation(device.view(work(vector), array.shape), layout);
}
