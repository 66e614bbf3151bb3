import { convolution } from "./convolution.js";
import { elementwise } from "./elementwise.js";
import { movement } from "./movement.js";
import { normalisation } from "./normalisation.js";
import { pooling } from "./pooling.js";
import type { OnnxTable } from "./lowering-site.js";

/** How each operation is emitted in ONNX. */
export const loweringTable = {
  ...convolution,
  ...pooling,
  ...normalisation,
  ...elementwise,
  ...movement,
} satisfies OnnxTable;
