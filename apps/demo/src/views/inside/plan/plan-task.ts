import { buildModel } from "../../../engine/network.js";
import type { Handlers } from "../../../engine/serve.js";
import { planOf } from "./plan.js";

export const plan: Handlers["insidePlan"] = async ({ network, depth }) => planOf(await buildModel(network), depth);
