import { describe, expect, it } from "vitest";
import type { DeviceArray } from "./device.js";
import { Device } from "./device.js";
import { permute } from "./permute.js";
import type { KernelInputs, Runtime } from "./runtime.js";
import { plain } from "./value.js";

/** A device that only records which transposition was requested. */
function recorder(): { readonly device: Device; readonly calls: string[] } {
  const calls: string[] = [];
  const runtime: Runtime = {
    traits: {
      aliasesHostMemory: false,
      dilatedDepthwiseStrides: true,
      affineBatchNorm: true,
      maxPoolDropsNaN: false,
      reluPassesSubnormals: false,
      lrnSpreadsNaN: false,
    },
    run(kernel, inputs: KernelInputs, attrs) {
      const { x } = inputs as Readonly<Record<string, DeviceArray>>;
      calls.push(`${kernel} ${x.shape.join("×")} by ${String(attrs["perm"])}`);
      return { dataId: {}, shape: x.shape, dtype: "float32" };
    },
    write: () => ({}),
    read: async () => new Float32Array(),
    hasNaN: () => false,
    free: () => {},
  };
  return { device: new Device(runtime), calls };
}

describe("permute", () => {
  it.each<[shape: number[], permutation: number[], result: number[], calls: string[]]>([
    [[2, 3, 4, 5], [0, 2, 3, 1], [2, 4, 5, 3], ["Transpose 2×3×20 by 0,2,1"]],
    [[1, 3, 4, 5], [0, 2, 3, 1], [1, 4, 5, 3], ["Transpose 3×20 by 1,0"]],
    [[2, 4, 5, 3], [0, 3, 1, 2], [2, 3, 4, 5], ["Transpose 2×20×3 by 0,2,1"]],
    [[2, 1, 4, 5], [0, 2, 3, 1], [2, 4, 5, 1], []],
    [[2, 3, 1, 1], [0, 2, 3, 1], [2, 1, 1, 3], []],
    [[0, 3, 4, 5], [0, 2, 3, 1], [0, 4, 5, 3], []],
    [[1, 1], [1, 0], [1, 1], []],
    [[], [], [], []],
    [[2, 3, 4], [2, 1, 0], [4, 3, 2], ["Transpose 2×3×4 by 2,1,0"]],
    [[2, 3, 4, 5], [2, 3, 0, 1], [4, 5, 2, 3], ["Transpose 6×20 by 1,0"]],
    [[2, 1, 3, 1, 4], [4, 1, 0, 3, 2], [4, 1, 2, 1, 3], ["Transpose 6×4 by 1,0"]],
  ])("%j by %j", (shape, permutation, result, expected) => {
    const { device, calls } = recorder();
    const value = device.scope(() => plain(permute(device, device.upload(new Float32Array(), shape), permutation)));
    expect(value.arrays[0].shape).toEqual(result);
    expect(calls).toEqual(expected);
    device.release(value);
    expect(device.memory()).toEqual({ buffers: 0, bytes: 0 });
  });
});
