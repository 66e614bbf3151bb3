import { elementCount } from "@isoconv/core-spec";
import { permuteTensor, reshapeTensor } from "@isoconv/weights";
import type { Adapt } from "./naming.js";

/**
 * The same elements in the same order, with another shape. A layer with another number of outputs is another layer, even
 * if the number of elements is the same.
 */
export const reshaped: Adapt = (tensor, shape) =>
  shape[0] === tensor.shape[0] && elementCount(shape) === elementCount(tensor.shape)
    ? reshapeTensor(tensor, shape)
    : tensor;

/** A kernel `[height, width, in, out]`, as TensorFlow has it, as `[out, in, height, width]`. */
export const fromHwio: Adapt = (tensor) => (tensor.shape.length === 4 ? permuteTensor(tensor, [3, 2, 0, 1]) : tensor);

/** The matrix `[in, out]` of a linear layer as `[out, in]`. */
export const transposed: Adapt = (tensor) => (tensor.shape.length === 2 ? permuteTensor(tensor, [1, 0]) : tensor);

/**
 * The matrix `[in, out]` of a linear layer that takes a flattened image, as `[out, in]`. TensorFlow flattens it as height,
 * width, channels; PyTorch as channels, height, width.
 */
export function afterFlatten(height: number, width: number): Adapt {
  return (tensor, shape) => {
    const [inputs = 0, outputs = 0] = tensor.shape;
    const channels = inputs / (height * width);
    if (tensor.shape.length !== 2 || !Number.isInteger(channels)) return tensor;
    const image = reshapeTensor(tensor, [height, width, channels, outputs]);
    return reshaped(permuteTensor(image, [3, 2, 0, 1]), shape);
  };
}
