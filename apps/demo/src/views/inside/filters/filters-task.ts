import { IsoconvError } from "@isoconv/core-spec";
import type { Handlers } from "../../../engine/serve.js";
import { heldNetwork } from "../held-network.js";

export const filters: Handlers["insideFilters"] = async (given, { tell }) => {
  tell({ phase: "building" });
  const { model, parameters } = await heldNetwork(given);
  const node = model.graph.nodes.find(({ name }) => name === given.node);
  const name = node?.op === "conv2d" ? node.inputs.w : "";
  const weights = parameters[name];
  if (weights === undefined) {
    throw new IsoconvError("INVALID_GRAPH", { node: given.node, what: "no convolution with weights of its own" });
  }
  return { name, shape: weights.shape, data: Float32Array.from(weights.data) };
};
