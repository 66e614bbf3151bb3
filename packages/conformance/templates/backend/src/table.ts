import { decomposed, unsupported, type KernelTable } from "@isoconv/core-spec";
import type { Value } from "./value.js";

const todo = unsupported("not written yet", { issue: "https://example.org/my-backend/issues/1" });

/** One entry an operation: a kernel, `decomposed` where core-spec can put it together, or `unsupported`. */
export const table: KernelTable<Value> = {
  conv2d: todo,
  convTranspose2d: todo,
  linear: todo,
  maxPool2d: todo,
  avgPool2d: todo,
  globalAvgPool2d: decomposed,
  adaptiveAvgPool2d: decomposed,
  batchNorm: todo,
  layerNorm: todo,
  lrn: todo,
  softmax: todo,
  logSoftmax: todo,
  add: todo,
  mul: todo,
  relu: ({ x }) => ({ ...x, data: x.data.map((element) => Math.max(element, 0)) }),
  leakyRelu: todo,
  elu: todo,
  clip: ({ x }, { min, max }) => ({
    ...x,
    data: x.data.map((element) => Math.min(Math.max(element, min), max)),
  }),
  sigmoid: ({ x }) => ({ ...x, data: x.data.map((element) => 1 / (1 + Math.exp(-element))) }),
  hardSigmoid: todo,
  tanh: ({ x }) => ({ ...x, data: x.data.map(Math.tanh) }),
  silu: decomposed,
  hardSwish: decomposed,
  gelu: todo,
  concat: todo,
  slice: todo,
  reshape: ({ x }, _attrs, { shape }) => ({ shape, data: x.data.slice() }),
  flatten: ({ x }, _attrs, { shape }) => ({ shape, data: x.data.slice() }),
  transpose: todo,
  pad2d: todo,
  upsample: todo,
  mean: todo,
  dropout: ({ x }) => ({ ...x, data: x.data.slice() }),
};
