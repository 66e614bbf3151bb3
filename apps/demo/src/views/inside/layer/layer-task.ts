import { IsoconvError, type Capabilities } from "@isoconv/core-spec";
import { openBackend } from "../../../engine/run-task.js";
import type { Handlers, TaskContext } from "../../../engine/serve.js";
import { heldNetwork } from "../held-network.js";
import type { InsideTasks, PhaseEvent, WholeLayer } from "../inside-tasks.js";
import { mapsOf } from "../maps/maps.js";
import { operandsOf, partOf, runOnce } from "./run-layer.js";

type Given = InsideTasks["insideLayer"]["given"];

interface Looked {
  readonly whole: WholeLayer;
  readonly capabilities: Capabilities;
  readonly milliseconds: number;
}

/** The layer that was looked at last: showing more of it runs nothing anew. */
let held: { readonly key: string; readonly looked: Looked } | undefined;

export const layer: Handlers["insideLayer"] = async (given, context) => {
  const key = JSON.stringify([given.key, given.backend, given.imageKey, given.node]);
  const looked = held?.key === key ? held.looked : await look(given, context);
  held = { key, looked };
  const { value } = looked.whole;
  return { ...looked, maps: mapsOf(value.shape, Float32Array.from(value.data), given.pages) };
};

/** Runs the network as far as the node, with the node's operands returned too, so that the node stands by itself. */
async function look(given: Given, { signal, tell }: TaskContext<PhaseEvent>): Promise<Looked> {
  tell({ phase: "building" });
  const network = await heldNetwork(given);
  signal.throwIfAborted();
  tell({ phase: "opening" });
  const backend = await openBackend(given.backend, given.base);
  signal.throwIfAborted();
  tell({ phase: "running" });
  const names = operandsOf(network.model.graph, given.node);
  const { graph, parameters } = partOf(network, [given.node, ...names]);
  const feeds = { input: given.image };
  const { results, milliseconds } = await runOnce(backend, graph, parameters, feeds, signal);
  const { [given.node]: value, ...operands } = results;
  if (value === undefined) throw new IsoconvError("EXECUTION_FAILED", { node: given.node, what: "not returned" });
  const whole = { value, operands: { ...operands, ...feeds } };
  return { whole, capabilities: backend.capabilities, milliseconds };
}
