import type { OracleTable } from "./oracle-array.js";
import { activations } from "./ops/activations.js";
import { arithmetic } from "./ops/arithmetic.js";
import { convTranspose2d } from "./ops/conv-transpose2d.js";
import { conv2d } from "./ops/conv2d.js";
import { linear } from "./ops/linear.js";
import { mean } from "./ops/mean.js";
import { movement } from "./ops/movement.js";
import { normalisation } from "./ops/normalisation.js";
import { pooling } from "./ops/pooling.js";

/** Every operation of the registry in float64: the backend's kernels and the oracle's. Small ones stand in files by kind. */
export const oracleOps: OracleTable = {
  conv2d,
  convTranspose2d,
  linear,
  mean,
  ...pooling,
  ...normalisation,
  ...arithmetic,
  ...activations,
  ...movement,
};
