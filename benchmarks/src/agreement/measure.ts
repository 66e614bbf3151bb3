import { judgeEndToEnd, type Reference } from "@isoconv/judge";
import type { Backend } from "@isoconv/core-spec";
import { noiseFloorOf, resultOf, type ModelGolden } from "@isoconv/goldens";
import { goldenNetwork, type GoldenNetwork } from "./golden-network.js";

/** The comparison of one backend's logits with PyTorch's float64 logits. */
export interface Agreement {
  readonly golden: string;
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly backend: string;
  /** `max|y − ŷ| / max|ŷ|` */
  readonly deviation: number;
  /** 8 noise floors of the backend's arithmetic. */
  readonly bound: number;
  /**
   * Whether the deviation is within the bound and the top class is the same in every row where the bound allows only
   * one.
   */
  readonly agrees: boolean;
}

/** PyTorch's logits as the reference, with the oracle's noise floor. */
export function referenceOf(golden: ModelGolden): Reference {
  const value = resultOf(golden);
  const [batch] = golden.inputShape;
  const scale = value.reduce((most, logit) => Math.max(most, Math.abs(logit)), 0);
  return { shape: [batch, value.length / batch], value, scale, noiseFloor: noiseFloorOf(golden) };
}

/** Runs the network and compares. Pass the network if it has been built already. */
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
