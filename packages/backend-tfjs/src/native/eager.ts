import { dtype, execute, type OpAttributes, type TensorFlowBinding } from "./binding.js";

/** A TensorFlow tensor, which includes its own shape. */
export interface Handle {
  readonly id: number;
  readonly shape: number[];
}

/** Runs operations one by one; every tensor made during `work` is freed at its end except the one it returns. */
export class Eager {
  readonly #binding: TensorFlowBinding;
  readonly #made: Handle[] = [];

  private constructor(binding: TensorFlowBinding) {
    this.#binding = binding;
  }

  static run(binding: TensorFlowBinding, work: (tf: Eager) => Handle): Handle {
    const tf = new Eager(binding);
    let result: Handle | undefined;
    try {
      result = work(tf);
      return result;
    } finally {
      for (const { id } of tf.#made) if (id !== result?.id) binding.deleteTensor(id);
    }
  }

  /** Runs an operation on float32 tensors. */
  op(name: string, inputs: readonly Handle[], attributes: OpAttributes = {}): Handle {
    return this.untyped(name, inputs, { T: dtype("float32"), ...attributes });
  }

  /** Runs an operation that has no attribute `T`. */
  untyped(name: string, inputs: readonly Handle[], attributes: OpAttributes): Handle {
    const ids = inputs.map((input) => input.id);
    return this.#keep(execute(this.#binding, name, ids, attributes));
  }

  /** An int32 tensor: TensorFlow takes axes, extents and the like as such. */
  ints(values: readonly number[], shape: readonly number[] = [values.length]): Handle {
    return this.#create(shape, this.#binding.TF_INT32, Int32Array.from(values));
  }

  scalar(value: number): Handle {
    return this.#create([], this.#binding.TF_FLOAT, Float32Array.of(value));
  }

  floats(values: Float32Array, shape: readonly number[]): Handle {
    return this.#create(shape, this.#binding.TF_FLOAT, values);
  }

  /** The same memory with another shape. TensorFlow's tensors include their shape, so a view is an operation. */
  reshaped(x: Handle, shape: readonly number[]): Handle {
    const same = x.shape.length === shape.length && x.shape.every((extent, axis) => extent === shape[axis]);
    return same ? x : this.op("Reshape", [x, this.ints(shape)], { Tshape: dtype("int32") });
  }

  #create(shape: readonly number[], type: number, values: Float32Array | Int32Array): Handle {
    return this.#keep({ id: this.#binding.createTensor([...shape], type, values), shape: [...shape] });
  }

  #keep(handle: Handle): Handle {
    this.#made.push(handle);
    return handle;
  }
}
