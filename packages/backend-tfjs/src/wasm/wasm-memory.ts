import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** The part of the Emscripten module that TensorFlow.js's types omit. */
interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const guarded = new WeakSet<object>();

/** The largest block that can be requested of a 32-bit heap. */
const LARGEST_BLOCK = 2 ** 32 - 1;

/**
 * Makes a failing allocation throw. TensorFlow.js uses the null pointer as an address, so kernels would overwrite the
 * runtime's own data; a size of 4 GiB or more wraps around to a small one.
 */
export function refuseFailedAllocations(module: object): void {
  if (!isHeap(module) || guarded.has(module)) return;
  guarded.add(module);
  // On its first call Emscripten's stub replaces the property with the real function, and so would remove this wrapper.
  module._free(module._malloc(1));
  const allocate = module._malloc.bind(module);
  module._malloc = (bytes) => {
    const address = bytes > LARGEST_BLOCK ? 0 : allocate(bytes);
    if (address === 0) throw new Error(`out of memory: the WebAssembly heap has no room for ${bytes} bytes`);
    return address;
  };
}

function isHeap(module: object): module is Heap {
  return "_malloc" in module && typeof module._malloc === "function" && "_free" in module;
}

/**
 * A buffer over one row of a matrix, for kernels inside WebAssembly. `Slice` would copy the whole matrix out and the
 * row back in.
 */
export function aliasRow(backend: BackendWasm, matrix: TensorInfo, row: number): object {
  const width = matrix.shape[1];
  const address = backend.getMemoryOffset(matrix.dataId) + 4 * row * width;
  const { dataId } = backend.makeOutput([width], "float32", address);
  // The row is not an allocation of its own, so releasing it must free nothing; free(0) frees nothing.
  backend.dataIdMap.get(dataId).memoryOffset = 0;
  return dataId;
}
