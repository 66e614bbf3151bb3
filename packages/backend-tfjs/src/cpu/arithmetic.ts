import { elementCount } from "@isoconv/core-spec";
import { broadcastShapes } from "../kernels/broadcast.js";
import type { HostArray, HostKernel } from "./host-kernel.js";
import { rowMajor, walk, type Strided } from "./strided.js";

/** TensorFlow.js's binary kernels that the adapter calls most, by name. */
export const arithmetic: Readonly<Record<string, HostKernel>> = {
  Add: binary((a, b) => a + b),
  Maximum: binary((a, b) => Math.max(a, b)),
  Minimum: binary((a, b) => Math.min(a, b)),
  Multiply: binary((a, b) => a * b),
  RealDiv: binary((a, b) => a / b),
  Sub: binary((a, b) => a - b),
};

/** Applies a function to two arrays with NumPy's broadcasting and rounds its results to float32. */
function binary(apply: (a: number, b: number) => number): HostKernel {
  return (call) => {
    const [a, b] = [call.operand("a"), call.operand("b")];
    const shapes = broadcastShapes(a.shape, b.shape);
    const extents = shapes.a.map((extent, axis) => (extent === 1 ? shapes.b[axis] : extent));
    const values = new Float32Array(elementCount(extents));
    let next = 0;
    walk(extents, stretched(a, shapes.a), stretched(b, shapes.b), (p, q, rows, columns) => {
      for (let row = 0; row < rows.extent; row += 1) {
        let i = p + row * rows.first;
        let j = q + row * rows.second;
        for (let column = 0; column < columns.extent; column += 1) {
          values[next] = apply(a.values[i], b.values[j]);
          next += 1;
          i += columns.first;
          j += columns.second;
        }
      }
    });
    return { values, shape: [...shapes.result] };
  };
}

/** The array in an equivalent shape, with every axis of extent 1 repeated. */
function stretched({ values }: HostArray, shape: readonly number[]): Strided {
  const strides = rowMajor(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
  return { values, offset: 0, strides };
}
