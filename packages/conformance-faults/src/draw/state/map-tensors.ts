import type { Results, Tensor, TensorOf, Tensors } from "@isoconv/core-spec";

/** The tensors with the float32 ones changed; what is no such tensor stays, for callers may pass anything. */
export function mapTensors(tensors: Tensors, change: (tensor: TensorOf<"float32">, name: string) => Tensor): Tensors {
  if (typeof tensors !== "object" || tensors === null) return tensors;
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tensor?.dtype === "float32" && tensor.data instanceof Float32Array ? change(tensor, name) : tensor,
    ]),
  );
}

/** The results with elements changed, in arrays of their own. */
export function mapResults(results: Results, change: (value: number, index: number, name: string) => number): Results {
  return mapTensors(results, (tensor, name) => ({
    ...tensor,
    data: tensor.data.map((value, index) => change(value, index, name)),
  }));
}

export function copyTensors(tensors: Tensors): Tensors {
  return mapTensors(tensors, (tensor) => ({ ...tensor, data: tensor.data.slice() }));
}
