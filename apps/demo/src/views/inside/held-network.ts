import { buildNetwork, type Network } from "../../engine/network.js";
import type { KeyedNetwork } from "./inside-tasks.js";

/** The network of this worker, kept so that the next layer of the same network does not rebuild it. */
let held: { readonly key: string; readonly network: Promise<Network> } | undefined;

export async function heldNetwork({ key, network: choice }: KeyedNetwork): Promise<Network> {
  if (held?.key !== key) held = { key, network: buildNetwork(choice) };
  const { network } = held;
  try {
    return await network;
  } catch (error) {
    held = undefined;
    throw error;
  }
}
