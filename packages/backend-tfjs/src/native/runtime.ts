import { isFloat32Array, ownFloat32Array } from "@isoconv/core-spec";
import { kernelCall, operandsOf } from "../kernel-call.js";
import type { Runtime } from "../runtime.js";
import { bool, dtype, type TensorFlowBinding } from "./binding.js";
import { Eager, type Handle } from "./eager.js";
import { kernels } from "./kernels.js";

/** TensorFlow's operations through tfjs-node's binding, without the JavaScript above it: see `kernels.ts`. */
export function tensorflowRuntime(binding: TensorFlowBinding): Runtime {
  const handles = new WeakMap<object, Handle>();
  const handleOf = (dataId: object): Handle => {
    const handle = handles.get(dataId);
    if (handle === undefined) throw new Error("a buffer of another backend");
    return handle;
  };
  const adopt = (handle: Handle): object => {
    const dataId = {};
    handles.set(dataId, handle);
    return dataId;
  };
  return {
    traits: {
      aliasesHostMemory: true,
      dilatedDepthwiseStrides: true,
      affineBatchNorm: true,
      maxPoolDropsNaN: true,
      reluPassesSubnormals: false,
      lrnSpreadsNaN: true,
    },
    run(name, inputs, attrs) {
      const kernel = kernels[name];
      if (kernel === undefined) throw new Error(`TensorFlow has no kernel ${name} here`);
      const result = Eager.run(binding, (tf) => {
        const operands = operandsOf(inputs, (dataId, shape) => tf.reshaped(handleOf(dataId), shape));
        return kernel(tf, kernelCall(operands, attrs));
      });
      return { dataId: adopt(result), shape: result.shape, dtype: "float32" };
    },
    write: (data, shape) => adopt({ id: binding.createTensor(shape, binding.TF_FLOAT, data.slice()), shape }),
    read: async (dataId) => {
      const data = binding.tensorDataSync(handleOf(dataId).id);
      if (isFloat32Array(data)) return ownFloat32Array(data);
      throw new Error("a buffer of the wrong dtype");
    },
    hasNaN: (dataId) => !isFinite(binding, handleOf(dataId)),
    free: (dataId) => binding.deleteTensor(handleOf(dataId).id),
  };
}

/** Reduced on the device; one byte comes back. */
function isFinite(binding: TensorFlowBinding, x: Handle): boolean {
  const all = Eager.run(binding, (tf) => {
    const axes = tf.ints(x.shape.map((_, axis) => axis));
    const options = { Tidx: dtype("int32"), keep_dims: bool(false) };
    return tf.untyped("All", [tf.op("IsFinite", [x]), axes], options);
  });
  try {
    const data = binding.tensorDataSync(all.id);
    return ArrayBuffer.isView(data) && Reflect.get(data, 0) === 1;
  } finally {
    binding.deleteTensor(all.id);
  }
}
