/** The features of this host's WebAssembly, detected by validating modules that need them. */
export interface WasmFeatures {
  readonly available: boolean;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Atomics, shared memories and `SharedArrayBuffer`; pages that are not cross-origin isolated lack the last. */
  readonly threads: boolean;
}

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** Modules of one function each, from the WebAssembly proposals' tests, as in wasm-feature-detect. */
const modules = {
  /** `i8x16.popcnt(i8x16.splat(0))` */
  simd: [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
  /** `i8x16.relaxed_swizzle(i8x16.splat(1), i8x16.splat(2))` */
  relaxedSimd: [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
  /** `drop(i32.atomic.load(0))` on a shared memory */
  threads: [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11],
} as const;

export function wasmFeatures(): WasmFeatures {
  if (!("WebAssembly" in globalThis)) return { available: false, simd: false, relaxedSimd: false, threads: false };
  const accepts = (body: readonly number[]): boolean => WebAssembly.validate(Uint8Array.from([...HEADER, ...body]));
  return {
    available: accepts([]),
    simd: accepts(modules.simd),
    relaxedSimd: accepts(modules.relaxedSimd),
    threads: accepts(modules.threads) && "SharedArrayBuffer" in globalThis,
  };
}
