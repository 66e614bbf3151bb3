import { elementCount, type MemoryInfo } from "@isoconv/core-spec";
import type { KernelInputs, Runtime } from "./runtime.js";
import type { Value } from "./value.js";

/** A buffer of the runtime. Several arrays may view it; it is freed when the last of them is released. */
interface Storage {
  readonly dataId: object;
  /** The shape registered with the runtime; a view may have another. */
  readonly shape: readonly number[];
  readonly bytes: number;
  owners: number;
}

/**
 * A float32 array in the runtime's memory, or a view of one with another shape. Structurally a TensorFlow.js
 * `TensorInfo`.
 */
export interface DeviceArray {
  readonly dataId: object;
  readonly shape: number[];
  readonly dtype: "float32";
  readonly storage: Storage;
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Runs kernels and owns their results: every array made inside `scope` is freed at its end, except the value it
 * returns. It is cheaper than `tf.tidy`, counts buffers and bytes, and scopes of the program around it cannot free its
 * arrays.
 */
export class Device {
  readonly runtime: Runtime;
  readonly #scratch: Storage[] = [];
  #buffers = 0;
  #bytes = 0;

  constructor(runtime: Runtime) {
    this.runtime = runtime;
  }

  /** Copies data in. */
  upload(data: Float32Array, shape: readonly number[]): DeviceArray {
    const dims = [...shape];
    return this.#adopt(this.runtime.write(data, dims), dims);
  }

  /** An operand that a kernel takes as an array although it is one number. */
  scalar(value: number): DeviceArray {
    return this.upload(Float32Array.of(value), [1]);
  }

  run(kernel: string, inputs: KernelInputs, attrs: Attributes = {}): DeviceArray {
    const { dataId, shape } = this.runtime.run(kernel, inputs, attrs);
    return this.#adopt(dataId, shape);
  }

  /** One row of a matrix; copied only where the runtime cannot make a view of a buffer. */
  row(matrix: DeviceArray, index: number): DeviceArray {
    const width = matrix.shape[1];
    const alias = this.runtime.aliasRow?.(matrix, index);
    if (alias !== undefined) return this.#adopt(alias, [width]);
    return this.view(this.run("Slice", { x: matrix }, { begin: [index, 0], size: [1, width] }), [width]);
  }

  /** The same elements with another shape, without a copy. */
  view({ dataId, storage }: DeviceArray, shape: readonly number[]): DeviceArray {
    return { dataId, shape: [...shape], dtype: "float32", storage };
  }

  /** An array whose buffer is registered with the array's own shape, which some kernels read. */
  settled(array: DeviceArray): DeviceArray {
    const { shape } = array.storage;
    const known = shape.length === array.shape.length && shape.every((extent, axis) => extent === array.shape[axis]);
    return known ? array : this.run("Identity", { x: array });
  }

  /** Runs `work` and frees every buffer made meanwhile that its result does not use, also when it throws. */
  scope(work: () => Value): Value {
    const start = this.#scratch.length;
    try {
      const value = work();
      for (const { storage } of value.arrays) storage.owners += 1;
      return value;
    } finally {
      while (this.#scratch.length > start) {
        const storage = this.#scratch.pop();
        if (storage !== undefined) this.#disown(storage);
      }
    }
  }

  release({ arrays }: Value): void {
    for (const { storage } of arrays) this.#disown(storage);
  }

  memory(): MemoryInfo {
    return { buffers: this.#buffers, bytes: this.#bytes };
  }

  #adopt(dataId: object, shape: number[]): DeviceArray {
    const bytes = 4 * elementCount(shape);
    const storage: Storage = { dataId, shape, bytes, owners: 1 };
    this.#scratch.push(storage);
    this.#buffers += 1;
    this.#bytes += bytes;
    return { dataId, shape, dtype: "float32", storage };
  }

  #disown(storage: Storage): void {
    storage.owners -= 1;
    if (storage.owners > 0) return;
    this.#buffers -= 1;
    this.#bytes -= storage.bytes;
    this.runtime.free(storage.dataId);
  }
}
