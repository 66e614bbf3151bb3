import { IsoconvError, type Tensor } from "@isoconv/core-spec";
import { openBackend } from "../../../engine/run-task.js";
import type { Handlers } from "../../../engine/serve.js";
import { heldNetwork } from "../held-network.js";
import { runOnce } from "../layer/run-layer.js";
import { activationMaps } from "./activation-maps.js";

export const activation: Handlers["insideActivation"] = async (given, { signal, tell }) => {
  const { plan } = given;
  tell({ phase: "building" });
  const { model, parameters } = await heldNetwork(given);
  signal.throwIfAborted();
  tell({ phase: "opening" });
  const backend = await openBackend(given.backend, given.base);
  signal.throwIfAborted();
  tell({ phase: "running" });
  const graph = { ...model.graph, outputs: [...model.graph.outputs, { name: plan.maps, value: plan.maps }] };
  const network = { graph, parameters, feeds: { input: given.image } };
  const { results, milliseconds } = await runOnce(backend, network, signal);
  const pooled = floats(results[plan.maps], plan.maps);
  const logits = floats(results["logits"], "logits");
  const [, channels = 0, height = 0, width = 0] = pooled.shape;
  const { head } = plan;
  const weights = head === undefined ? undefined : floats(parameters[head.weight], head.weight).data;
  const bias =
    head?.bias === undefined ? new Float32Array(logits.data.length) : floats(parameters[head.bias], head.bias).data;
  const maps = activationMaps({ channels, height, width, data: pooled.data }, weights);
  return { height, width, logits: logits.data, bias, maps, milliseconds };
};

function floats(
  tensor: Tensor | undefined,
  name: string,
): { readonly shape: readonly number[]; readonly data: Float32Array } {
  if (tensor === undefined) throw new IsoconvError("INVALID_GRAPH", { node: name, what: "the value is missing" });
  return { shape: tensor.shape, data: Float32Array.from(tensor.data) };
}
