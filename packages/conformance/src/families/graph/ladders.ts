/**
 * The sizes of graphs at which runtimes change course. A number is one above a limit of a real design, so that a limit
 * that is off by one shows too.
 */
export const ladders = {
  /** Nodes. Above 8, 16, 32, 64, 128: buffers of a pool are handed out again; above 256: an index of one byte wraps. */
  depth: [8, 17, 33, 65, 129, 257],
  /**
   * Operands of one concat. WebGPU guarantees 8 storage buffers a shader and WebGL 16 textures, one of them the result;
   * above 32 and 64: bit masks of operands overflow.
   */
  operands: [2, 3, 5, 9, 17, 33, 65],
  /** Readers of one value: 2 for fusions that forget the other reader; above 4 bits and a byte's half of a count. */
  readers: [2, 3, 5, 9, 17, 33],
  /** Outputs. WebGL2 guarantees 4 and mostly gives 8 draw buffers; WebGPU 8 storage buffers; above 32: bit masks. */
  outputs: [1, 2, 3, 5, 9, 17, 33, 65],
  /** Inputs and parameters: bind groups and texture units hold 8, 16 or 32; masks 32 or 64 bits. */
  entries: [2, 5, 9, 17, 33, 65],
  /** Users of one parameter. Those with bounds instead of exact results are few, because bounds cost oracle runs. */
  sharers: { quick: [2, 3], full: [2, 3, 5] },
} as const;
