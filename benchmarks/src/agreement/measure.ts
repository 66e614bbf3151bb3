import { judgeEndToEnd, type Reference } from "@isoconv/judge";
import type { Backend } from "@isoconv/core-spec";
import { noiseFloorOf, resultOf, type ModelGolden } from "@isoconv/goldens";
import { goldenNetwork, type GoldenNetwork } from "./golden-network.js";

/** How one backend's logits compare with PyTorch's float64 ones. */
export interface Agreement {
  readonly golden: string;
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly backend: string;
  /** `max|y − ŷ| / max|ŷ|` */
  readonly deviation: number;
  /** 8 noise floors of the backend's arithmetic. */
  readonly bound: number;
  /** Within the bound, and with the same top class in every row where the bound leaves only one. */
  readonly agrees: boolean;
}

/** PyTorch's logits, held to the noise floor of the oracle. */
export function referenceOf(golden: ModelGolden): Reference {
  const value = resultOf(golden);
  const [batch] = golden.inputShape;
  const scale = value.reduce((most, logit) => Math.max(most, Math.abs(logit)), 0);
  return { shape: [batch, value.length / batch], value, scale, noiseFloor: noiseFloorOf(golden) };
}

/** Runs the network and compares. The network may be given where it is there already. */
export async function measureAgreement(
  backend: Backend,
  golden: ModelGolden,
  { model, parameters, feeds }: GoldenNetwork = goldenNetwork(golden),
): Promise<Agreement> {
  const executable = await backend.compile(model.graph, parameters);
  try {
    const { logits } = await executable.run(feeds);
    if (logits === undefined) throw new Error(`${backend.id} returned no logits of ${golden.id}`);
    const { deviation, bound, agrees } = judgeEndToEnd(logits, referenceOf(golden), backend.capabilities);
    const { id, inputShape } = golden;
    return { golden: id, model: golden.model, inputShape, backend: backend.id, deviation, bound, agrees };
  } finally {
    await executable.dispose();
  }
}
