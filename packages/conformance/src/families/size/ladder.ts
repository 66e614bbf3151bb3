/** An extent at which real runtimes change course, and the reason. Its neighbours are tested with it. */
interface Boundary {
  readonly extent: number;
  readonly reason: string;
}

/**
 * The boundaries of every extent. Consecutive ones are at most a factor of 2 apart, so that a fault of extents from any
 * `t` up to `2·t` meets one.
 */
export const boundaries: readonly Boundary[] = [
  { extent: 2, reason: "a pair: two images or rows at once" },
  { extent: 4, reason: "the float32 lanes of SSE, NEON and WebAssembly; the components of a texel" },
  { extent: 8, reason: "the lanes of AVX; the register tiles of MLAS and XNNPACK" },
  { extent: 16, reason: "the lanes of AVX-512; the channel blocks of NCHWc layouts" },
  { extent: 32, reason: "the threads of a warp; a transpose tile" },
  { extent: 64, reason: "a usual workgroup of WebGPU; a GEMM tile; the length of a sum kept in half precision" },
  { extent: 128, reason: "rows of a GEMM tile; the first level of pairwise sums" },
  { extent: 256, reason: "the largest workgroup of WebGPU; an 8-bit counter" },
  { extent: 512, reason: "a block of the K axis that stays in the first cache" },
  { extent: 1024, reason: "the largest block of CUDA" },
  { extent: 2048, reason: "the largest integer up to which half precision counts" },
  { extent: 4096, reason: "a page; the widest layer of VGG" },
  { extent: 8192, reason: "the smallest limit of a WebGPU texture's side" },
  { extent: 16_384, reason: "the usual limit of a WebGL texture's side" },
];

/** The boundaries from `from` to `to` with both neighbours, ascending. The last neighbours may exceed `to`. */
export function ladder(to: number, from = 1): readonly number[] {
  const rungs = boundaries
    .filter(({ extent }) => extent <= to && extent + 1 >= from)
    .flatMap(({ extent }) => [extent - 1, extent, extent + 1]);
  return [...new Set(rungs)].filter((extent) => extent >= from);
}

/** Every extent up to `to`: for kernels, strides and other extents that are small in practice. */
export function every(to: number, from = 1): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

/** A band of extents that attributes are tried with: up to 8, and then by factors of 8. */
export function bandOf(extent: number): number {
  return Math.max(1, Math.ceil(Math.log2(extent) / 3));
}

/** The boundary that an extent stands at or beside. */
export function boundaryAt(extent: number): number | undefined {
  return boundaries.find((boundary) => Math.abs(boundary.extent - extent) <= 1)?.extent;
}
