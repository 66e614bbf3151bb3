import { correct, faultOf, type HostArray, mapElements } from "@isoconv/conformance/faults";

/** Repeats the operand's elements from the start. Correct if its missing axes are leading ones, wrong for inner extents of 1. */
function repeated({ data }: HostArray, shape: readonly number[]): HostArray {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { shape, data: Float32Array.from({ length: count }, (_, k) => data[k % data.length]) };
}

export const addRepeats = faultOf(
  {
    name: "add-repeats",
    bug: "add broadcasts by repeating the shorter operand's elements: correct for leading axes, wrong for [C, 1, 1].",
    killedBy: ["matrix", "property", "exact"],
    ops: ["add"],
  },
  () => ({
    kernels: {
      add: ({ a, b }, attrs, site) =>
        correct.add({ a: repeated(a, site.shape), b: repeated(b, site.shape) }, attrs, site),
    },
  }),
);

export const mulMiddleAxis = faultOf(
  {
    name: "mul-middle-axis",
    bug: "mul broadcasts only the first and the last axes of its second operand: for a middle extent of 1 it reads the next elements.",
    killedBy: ["matrix", "exact"],
    ops: ["mul"],
  },
  () => ({
    kernels: {
      mul: ({ a, b }, attrs, site) => {
        const from = b.shape.length === site.shape.length ? b.shape.findIndex((extent) => extent === 1) : -1;
        const isMiddle = from > 0 && from < b.shape.length - 1 && site.shape[from] > 1;
        return correct.mul({ a, b: isMiddle ? repeated(b, site.shape) : b }, attrs, site);
      },
    },
  }),
);

export const reluInPlace = faultOf(
  {
    name: "relu-in-place",
    bug: "relu overwrites its operand, which a residual connection reads later: the kernel works in place.",
    killedBy: ["property", "model", "relation", "trap", "matrix"],
    ops: ["relu"],
  },
  () => ({
    kernels: {
      relu: ({ x }) => {
        x.data.set(x.data.map((value) => Math.max(value, 0)));
        return mapElements(x, (value) => value);
      },
    },
    passes: [],
  }),
);
