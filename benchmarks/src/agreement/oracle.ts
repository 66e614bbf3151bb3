import { runOracle } from "@isoconv/backend-reference";
import { referenceResults } from "@isoconv/judge";
import { deviationOf, type ModelGolden } from "@isoconv/goldens";
import type { GoldenNetwork } from "./golden-network.js";

/**
 * The oracle and PyTorch both compute in float64. They differ in the order of sums, relative to the largest element.
 * The factors of `transformInput` are constants, which isoconv rounds to float32 and torchvision does not.
 */
export function oraclePrecision({ options }: ModelGolden): number {
  return options?.transformInput ? 1e-7 : 1e-12;
}

/** The largest deviation of the oracle from PyTorch's logits and activations. */
export async function oracleDeviation(golden: ModelGolden, network: GoldenNetwork): Promise<number> {
  const { model, parameters, feeds } = network;
  const results = await runOracle(model.graph, parameters, feeds, { taps: tapsOf(golden, network) });
  return furthest(golden, network, new Map(Object.entries(results)));
}

/**
 * The same, and the noise floor: how much float32 arithmetic alone changes the logits, relative to the largest of them.
 * Takes six runs.
 */
export async function oracleNoise(
  golden: ModelGolden,
  network: GoldenNetwork,
): Promise<{ readonly deviation: number; readonly noiseFloor: number }> {
  const { model, parameters, feeds } = network;
  const results = await referenceResults(model.graph, parameters, feeds, { taps: tapsOf(golden, network) });
  const logits = results.get("logits");
  if (logits === undefined) throw new Error(`${golden.id} has no logits`);
  return { deviation: furthest(golden, network, results), noiseFloor: logits.noiseFloor };
}

function tapsOf({ activations }: ModelGolden, { model }: GoldenNetwork): readonly string[] {
  return [...new Set(activations.map(({ path }) => valueOf(model, path)))];
}

function furthest(
  golden: ModelGolden,
  { model }: GoldenNetwork,
  results: ReadonlyMap<string, { readonly value: Float64Array }>,
): number {
  const deviation = (name: string, value: string): number => deviationOf(golden, results.get(value)?.value ?? [], name);
  const activations = golden.activations.map(({ path }) => deviation(path, valueOf(model, path)));
  return Math.max(deviation("logits", "logits"), ...activations);
}

function valueOf({ modules, name }: GoldenNetwork["model"], path: string): string {
  const value = modules.get(path);
  if (value === undefined) throw new Error(`${name} has no module ${path}`);
  return value;
}
