/** The operator set every model is written in: the first with Gelu, and what both runtimes have tuned kernels for. */
export const OPSET = 20;

/** The file format that goes with {@link OPSET}; a newer one would shut out older runtimes for nothing. */
export const IR_VERSION = 9;
