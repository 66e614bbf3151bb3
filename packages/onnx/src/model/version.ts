/** The operator set of every model: the first with Gelu; both runtimes have tuned kernels for it. */
export const OPSET = 20;

/** The file format that belongs to {@link OPSET}; a newer one would exclude older runtimes without a benefit. */
export const IR_VERSION = 9;
