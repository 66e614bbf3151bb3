import { runOracle } from "@isoconv/backend-reference";
import { isolateNode, ruleOf, widenForFastConvolution, type FilledNetwork } from "@isoconv/conformance";
import { IsoconvError, type Capabilities, type Node, type Tensor } from "@isoconv/core-spec";
import { openBackend } from "../../../engine/run-task.js";
import type { Handlers } from "../../../engine/serve.js";
import { heldNetwork } from "../held-network.js";
import type { ComparisonResult } from "../inside-tasks.js";
import { mapsOf } from "../maps/maps.js";
import { runOnce } from "./run-layer.js";
import { sharesBetween, sharesOf, worstOf, type Yardstick } from "./shares.js";

/**
 * Computes one node on this backend from the operands that another backend had, and holds both to the bound around the
 * oracle's answer for the same operands: what happened before the node counts for neither.
 */
export const comparison: Handlers["insideComparison"] = async (given, { signal, tell }) => {
  const { node: name, first, pages } = given;
  tell({ phase: "building" });
  const { model, parameters } = await heldNetwork(given);
  const node = model.graph.nodes.find((each) => each.name === name);
  if (node === undefined) throw new IsoconvError("INVALID_GRAPH", { node: name, what: "the network has no such node" });
  const alone = isolateNode(model.graph, node, (operand): Tensor => {
    const tensor = first.operands[operand] ?? parameters[operand];
    if (tensor === undefined) throw new IsoconvError("INVALID_GRAPH", { node: operand, what: "the value is missing" });
    return tensor;
  });
  signal.throwIfAborted();
  tell({ phase: "opening" });
  const backend = await openBackend(given.backend, given.base);
  signal.throwIfAborted();
  tell({ phase: "running" });
  const { results, milliseconds } = await runOnce(backend, alone.graph, alone.parameters, alone.feeds, signal);
  const { [name]: second } = results;
  if (second === undefined) throw new IsoconvError("EXECUTION_FAILED", { node: name, what: "not returned" });
  tell({ phase: "judging" });
  const judge = await yardsticks(alone, node, signal);
  const { capabilities } = backend;
  const [stickA, stickB] = [judge(first.capabilities), judge(capabilities)];
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

/** The oracle's answer for a node alone, and what each class of arithmetic is held to around it. */
async function yardsticks(
  { graph, parameters, feeds }: FilledNetwork,
  node: Node,
  signal: AbortSignal,
): Promise<(capabilities: Capabilities) => Yardstick> {
  const { [node.name]: result } = await runOracle(graph, parameters, feeds, { signal });
  const [isolated] = graph.nodes;
  if (result === undefined || isolated === undefined) throw new Error(`the oracle returned nothing for "${node.name}"`);
  const rule = ruleOf(graph, isolated, result.shape[0] ?? 1);
  return (capabilities) => ({ ...widenForFastConvolution(node, rule, result, capabilities), capabilities });
}
