import type { Backend, Capabilities, Node, Tensors } from "@isoconv/core-spec";
import type { Image, Network } from "../../../engine/network.js";
import { openBackend } from "../../../engine/run-task.js";
import type { Handlers, TaskContext } from "../../../engine/serve.js";
import { heldNetwork } from "../held-network.js";
import type { InsideTasks, PhaseEvent, WholeLayer } from "../inside-tasks.js";
import { mapsOf } from "../maps/maps.js";
import { aloneOn, nodeOf, operandsOf, partOf, runAlone, runOnce } from "./run-layer.js";

type Given = InsideTasks["insideLayer"]["given"];

interface Looked {
  readonly whole: WholeLayer;
  readonly capabilities: Capabilities;
  readonly milliseconds: number;
}

/** The last layer, kept so that showing more of it does not run it again. */
let held: { readonly key: string; readonly looked: Looked } | undefined;

export const layer: Handlers["insideLayer"] = async (given, context) => {
  const key = JSON.stringify([given.key, given.backend, given.imageKey, given.node]);
  const looked = held?.key === key ? held.looked : await look(given, context);
  held = { key, looked };
  const { value } = looked.whole;
  return { ...looked, maps: mapsOf(value.shape, Float32Array.from(value.data), given.pages) };
};

/**
 * Runs the network up to the node's operands, then the node alone on them. The result is that of this node on exactly
 * these numbers, also for a backend that keeps more digits between nodes than it returns, such as the oracle.
 */
async function look(given: Given, { signal, tell }: TaskContext<PhaseEvent>): Promise<Looked> {
  tell({ phase: "building" });
  const network = await heldNetwork(given);
  signal.throwIfAborted();
  tell({ phase: "opening" });
  const backend = await openBackend(given.backend, given.base);
  signal.throwIfAborted();
  tell({ phase: "running" });
  const node = nodeOf(network, given.node);
  const operands = await reach(backend, network, node, given.image, signal);
  const { value, milliseconds } = await runAlone(backend, node, aloneOn(operands, node, network), signal);
  return { whole: { value, operands }, capabilities: backend.capabilities, milliseconds };
}

/** The image and a node's operands on a backend. */
async function reach(
  backend: Backend,
  network: Network,
  node: Node,
  image: Image,
  signal: AbortSignal,
): Promise<Tensors> {
  const feeds = { input: image };
  const names = operandsOf(network.model.graph, node);
  if (names.length === 0) return feeds;
  const { results } = await runOnce(backend, { ...partOf(network, names), feeds }, signal);
  return { ...results, ...feeds };
}
