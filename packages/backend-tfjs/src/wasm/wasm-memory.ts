import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** The part of the Emscripten module that TensorFlow.js's types leave out. */
interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const guarded = new WeakSet<object>();

/** The largest block a 32-bit heap can be asked for. */
const LARGEST_BLOCK = 2 ** 32 - 1;

/**
 * Makes an allocation that fails throw. TensorFlow.js takes the null pointer for an address and lets kernels write over
 * the runtime's own data; and a size of 4 GiB or more wraps around to a small one.
 */
export function refuseFailedAllocations(module: object): void {
  if (!isHeap(module) || guarded.has(module)) return;
  guarded.add(module);
  // On its first call Emscripten's stub puts the real function in its own place, over whatever is there.
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
 * A buffer over one row of a matrix, for kernels that run inside WebAssembly. `Slice` would copy the whole matrix out
 * and the row back in.
 */
export function aliasRow(backend: BackendWasm, matrix: TensorInfo, row: number): object {
  const width = matrix.shape[1];
  const address = backend.getMemoryOffset(matrix.dataId) + 4 * row * width;
  const { dataId } = backend.makeOutput([width], "float32", address);
  // The row is not an allocation of its own: freeing it must free nothing, and free(0) does that.
  backend.dataIdMap.get(dataId).memoryOffset = 0;
  return dataId;
}
