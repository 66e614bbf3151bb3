import { fromKernels, type Backend, type KernelTable } from "@isoconv/core-spec";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";

/** TensorFlow.js's wasm backend, used through its public functions. */
export async function tfjsWasm(id: string, table: KernelTable<tf.Tensor>): Promise<Backend> {
  await tf.setBackend("wasm");
  const live = new Set<tf.Tensor>();
  return fromKernels<tf.Tensor>({
    id,
    capabilities: {
      runtime: { name: "TensorFlow.js", version: tf.version_core },
      device: "cpu",
      threads: 1,
      arithmetic: "f32",
      convAlgorithm: "direct",
      nonFinite: "indeterminate",
      subnormals: "kept",
    },
    table,
    store: {
      upload({ data, shape }) {
        const tensor = tf.tensor(data, [...shape]);
        live.add(tensor);
        return tensor;
      },
      async download(tensor, shape) {
        return { dtype: "float32", shape, data: Float32Array.from(await tensor.data()) };
      },
      release(tensor) {
        live.delete(tensor);
        tensor.dispose();
      },
      activate: () => void tf.setBackend("wasm"),
      memory: () => ({ buffers: live.size, bytes: [...live].reduce((sum, { size }) => sum + 4 * size, 0) }),
    },
  });
}
