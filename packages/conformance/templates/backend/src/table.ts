import { decomposed, everyOp, unsupported, type KernelTable } from "@isoconv/core-spec";
import type { Value } from "./value.js";

const todo = unsupported("not written yet", { issue: "https://example.org/my-backend/issues/1" });

/** One entry an operation: a kernel, `decomposed` where core-spec can put it together, or `unsupported`. */
export const table: KernelTable<Value> = {
  // Until you delete this line: then an operation you forget does not compile.
  ...everyOp(todo),
  globalAvgPool2d: decomposed,
  adaptiveAvgPool2d: decomposed,
  relu: ({ x }) => ({ ...x, data: x.data.map((element) => Math.max(element, 0)) }),
  clip: ({ x }, { min, max }) => ({
    ...x,
    data: x.data.map((element) => Math.min(Math.max(element, min), max)),
  }),
  sigmoid: ({ x }) => ({ ...x, data: x.data.map((element) => 1 / (1 + Math.exp(-element))) }),
  tanh: ({ x }) => ({ ...x, data: x.data.map(Math.tanh) }),
  silu: decomposed,
  hardSwish: decomposed,
  reshape: ({ x }, _attrs, { shape }) => ({ shape, data: x.data.slice() }),
  flatten: ({ x }, _attrs, { shape }) => ({ shape, data: x.data.slice() }),
  dropout: ({ x }) => ({ ...x, data: x.data.slice() }),
};
