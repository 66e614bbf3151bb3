import { dropIdentities } from "./drop-identities.js";
import { eliminateDeadNodes } from "./eliminate-dead-nodes.js";
import { foldBatchNorm } from "./fold-batch-norm.js";
import { fuseActivation } from "./fuse-activation.js";
import type { Network, Pass } from "./pass.js";

/** The passes that a backend applies by default, in this order. */
export const defaultPasses: readonly Pass[] = Object.freeze([
  dropIdentities,
  foldBatchNorm,
  fuseActivation,
  eliminateDeadNodes,
]);

/** Applies passes one after another. */
export function runPasses(network: Network, passes: readonly Pass[]): Network {
  return passes.reduce((current, pass) => pass.run(current), network);
}
