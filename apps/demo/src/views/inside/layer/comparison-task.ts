import { runOracle } from "@isoconv/backend-reference";
import { boundsOf, nonFiniteReach, type FilledNetwork } from "@isoconv/judge";
import type { Capabilities, Node } from "@isoconv/core-spec";
import { openBackend } from "../../../engine/run-task.js";
import type { Handlers } from "../../../engine/serve.js";
import { heldNetwork } from "../held-network.js";
import type { ComparisonResult } from "../inside-tasks.js";
import { mapsOf } from "../maps/maps.js";
import { aloneOn, nodeOf, runAlone } from "./run-layer.js";
import { sharesBetween, sharesOf, worstOf, type Yardstick } from "./shares.js";

/**
 * Computes one node on this backend from the operands of another backend, and judges both results by the bound around
 * the oracle's result for the same operands. So errors before the node count for neither.
 */
export const comparison: Handlers["insideComparison"] = async (given, { signal, tell }) => {
  const { first, pages } = given;
  tell({ phase: "building" });
  const network = await heldNetwork(given);
  const node = nodeOf(network, given.node);
  const alone = aloneOn(first.operands, node, network);
  signal.throwIfAborted();
  tell({ phase: "opening" });
  const backend = await openBackend(given.backend, given.base);
  signal.throwIfAborted();
  tell({ phase: "running" });
  const { value: second, milliseconds } = await runAlone(backend, node, alone, signal);
  tell({ phase: "judging" });
  const { capabilities } = backend;
  const judge = await yardsticks(alone, node, signal);
  const [stickA, stickB] = [await judge(first.capabilities), await judge(capabilities)];
  const { shape } = second;
  const [a, b] = [sharesOf(first.value.data, stickA), sharesOf(second.data, stickB)];
  const between = sharesBetween(first.value.data, a, second.data, b);
  return {
    b: mapsOf(shape, Float32Array.from(second.data), pages),
    shares: {
      a: mapsOf(shape, a.shares, pages),
      b: mapsOf(shape, b.shares, pages),
      between: mapsOf(shape, between, pages),
    },
    worst: { a: worstOf(a.shares, shape), b: worstOf(b.shares, shape), between: worstOf(between, shape) },
    rule: stickA.rule.kind,
    capabilities,
    milliseconds,
  } satisfies ComparisonResult;
};

/** The oracle's result for a node alone, and the bound around it for a backend with given capabilities. */
async function yardsticks(
  alone: FilledNetwork,
  node: Node,
  signal: AbortSignal,
): Promise<(capabilities: Capabilities) => Promise<Yardstick>> {
  const { graph, parameters, feeds } = alone;
  const { [node.name]: result } = await runOracle(graph, parameters, feeds, { signal });
  if (result === undefined) throw new Error(`the oracle returned nothing for "${node.name}"`);
  return async (capabilities) => {
    const reach = capabilities.nonFinite === "indeterminate" ? await nonFiniteReach(alone) : undefined;
    const expected = { ...result, undetermined: reach?.[node.name] };
    return { ...boundsOf(alone, expected, capabilities), capabilities };
  };
}
