import { referenceResults } from "@isoconv/judge";
import { IsoconvError } from "@isoconv/core-spec";
import { buildNetwork } from "./network.js";
import type { Handlers } from "./serve.js";

export const oracle: Handlers["oracle"] = async ({ network, images }) => {
  const { model, parameters } = await buildNetwork(network);
  const reference = (await referenceResults(model.graph, parameters, { input: images })).get("logits");
  if (reference === undefined) throw new IsoconvError("INVALID_GRAPH", { what: "the network has no logits" });
  return reference;
};
