import { elementCount } from "@isoconv/core-spec";
import { broadcastShapes } from "../kernels/broadcast.js";
import type { HostArray, HostKernel } from "./host-kernel.js";
import { rowMajor, walk, type Strided } from "./strided.js";

type Name = "Add" | "Maximum" | "Minimum" | "Multiply" | "RealDiv" | "Sub";

/** TensorFlow.js's binary kernels that the adapter calls most, by name. */
export const arithmetic: Readonly<Record<Name, HostKernel>> = {
  Add: binary("Add"),
  Maximum: binary("Maximum"),
  Minimum: binary("Minimum"),
  Multiply: binary("Multiply"),
  RealDiv: binary("RealDiv"),
  Sub: binary("Sub"),
};

/** One function with a choice, not six functions: a call that is not inlined allocates its operands and its result. */
function apply(name: Name, a: number, b: number): number {
  switch (name) {
    case "Add":
      return a + b;
    case "Maximum":
      return Math.max(a, b);
    case "Minimum":
      return Math.min(a, b);
    case "Multiply":
      return a * b;
    case "RealDiv":
      return a / b;
    case "Sub":
      return a - b;
  }
}

/** A kernel that takes two arrays with NumPy's broadcasting and rounds its results to float32. */
function binary(name: Name): HostKernel {
  return (call) => {
    const [a, b] = [call.operand("a"), call.operand("b")];
    const shapes = broadcastShapes(a.shape, b.shape);
    const extents = shapes.a.map((extent, axis) => (extent === 1 ? shapes.b[axis] : extent));
    const values = new Float32Array(elementCount(extents));
    let next = 0;
    walk(extents, stretched(a, shapes.a), stretched(b, shapes.b), (p, q, rows, columns) => {
      const [left, right, to] = [a.values, b.values, values];
      const { extent, first, second } = columns;
      for (let row = 0; row < rows.extent; row += 1) {
        const start = next + row * extent;
        const i = p + row * rows.first;
        const j = q + row * rows.second;
        for (let column = 0; column < extent; column += 1) {
          to[start + column] = apply(name, left[i + column * first], right[j + column * second]);
        }
      }
      next += rows.extent * extent;
    });
    return { values, shape: [...shapes.result] };
  };
}

/** The array in an equivalent shape, with every axis of extent 1 repeated. */
function stretched({ values }: HostArray, shape: readonly number[]): Strided {
  const strides = rowMajor(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
  return { values, offset: 0, strides };
}
