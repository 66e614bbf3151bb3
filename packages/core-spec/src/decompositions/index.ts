import type { Node } from "../graph/graph.js";
import type { OpName } from "../registry.js";
import { adaptiveAvgPool2d } from "./adaptive-avg-pool2d.js";
import type { Decomposition } from "./decomposition.js";
import { globalAvgPool2d } from "./global-avg-pool2d.js";
import { hardSwish } from "./hard-swish.js";
import { silu } from "./silu.js";

/** The operations that can be built from others; an adapter without a native kernel marks them `decomposed`. */
export const decompositions = { adaptiveAvgPool2d, globalAvgPool2d, hardSwish, silu } as const satisfies {
  readonly [K in OpName]?: Decomposition<K>;
};

export type DecomposableOp = keyof typeof decompositions;

export function isDecomposable(node: Node): node is Extract<Node, { readonly op: DecomposableOp }> {
  return Object.hasOwn(decompositions, node.op);
}
