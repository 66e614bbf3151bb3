import { evaluateOracle } from "@isoconv/backend-reference";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { lattice } from "../agreement.test.support.js";
import { fromPlain, toPlain } from "../convert.js";
import { createBackend } from "../cpu/index.js";
import { Device } from "../device.js";
import { asColumns } from "../packing.js";
import { kernelRuntime } from "../runtime.js";
import { activation, activationOf, flattenedLayout, plain, type Image, type Value } from "../value.js";
import { linears } from "./dense.js";

await createBackend();
const backend = tf.findBackend("cpu");
const traits = {
  aliasesHostMemory: true,
  dilatedDepthwiseStrides: false,
  affineBatchNorm: false,
  maxPoolDropsNaN: true,
  reluPassesSubnormals: false,
  lrnSpreadsNaN: false,
};
const device = new Device(
  kernelRuntime({ backend, traits, kernel: (name) => tf.getKernel(name, "cpu"), isRunning: () => true }),
);

/** The layout that a value carries decides, however the matrix was packed. */
describe("a linear layer", () => {
  const image: Image = [3, 2, 2];
  const x = lattice("x", [2, 12]);
  const w = lattice("w", [5, 12]);
  const upload = ({ data, shape }: typeof x): ReturnType<Device["upload"]> =>
    device.upload(Float32Array.from(data), shape);
  const inputs: Readonly<Record<string, () => Value>> = {
    "rows in logical order": () => plain(upload(x)),
    "a flattened image": () => {
      const nhwc = fromPlain(device, device.view(upload(x), [2, ...image])).arrays[0];
      return activation(device.view(nhwc, [2, 12]), flattenedLayout(image));
    },
  };
  const matrices: Readonly<Record<string, () => Value>> = {
    "a matrix in logical order": () => asColumns(undefined).apply(device, upload(w)),
    "a matrix for a flattened image": () => asColumns(image).apply(device, upload(w)),
    "an unpacked matrix": () => plain(upload(w)),
  };
  const { linear } = linears(device);

  describe.each(Object.entries(inputs))("reads %s", (_input, makeInput) => {
    it.each(Object.entries(matrices))("through %s", async (_matrix, makeMatrix) => {
      const [rows, columns] = [device.scope(makeInput), device.scope(makeMatrix)];
      if (typeof linear !== "function") throw new Error("linear is native");
      const y = linear({ x: rows, w: columns }, { activation: "none" }, { executable: {}, node: "y", shape: [2, 5] });
      const data = await device.runtime.read(toPlain(device, activationOf(y)).dataId);
      const value = (tensor: typeof x): Float64Array => Float64Array.from(tensor.data);
      const oracle = evaluateOracle(
        "linear",
        { x: { shape: x.shape, value: value(x) }, w: { shape: w.shape, value: value(w) } },
        {},
      );
      expect([...data]).toEqual([...oracle.value]);
      for (const held of [y, rows, columns]) device.release(held);
      expect(device.memory()).toEqual({ buffers: 0, bytes: 0 });
    });
  });
});
