import * as onnxNode from "@isoconv/backend-onnx/node";
import * as onnxWasm from "@isoconv/backend-onnx/wasm";
import { mean, medianTimes } from "@isoconv/inspect";
import { elementCount, float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import * as tf from "@tensorflow/tfjs-core";
import * as ortNode from "onnxruntime-node";
import * as ortWeb from "onnxruntime-web";
import { checkSame, layersDuel, onnxDuel, type Duel, type DuelNetwork } from "./duel.js";
import { chosen, machineLine } from "./machine.js";

interface Effort {
  readonly pairs: number;
  readonly rounds: number;
}

/**
 * Pairs alive together, and rounds. Two identical sessions differ by where their memory lies and by what else
 * the machine does meanwhile: several of each side, created alternately and timed in the same rounds, even that out.
 */
const efforts: Readonly<Record<string, Effort>> = {
  "d2l/lenet": { pairs: 6, rounds: 150 },
  resnet18: { pairs: 2, rounds: 24 },
};

function subjectOf(name: string): DuelNetwork {
  const model = createModel(name);
  const shape = [1, ...model.inputShape.slice(1).map(Number)];
  const parameters = initParameters(model.parameters, { seed: 1, scheme: "conformance" });
  return { model, parameters, input: float32(shape, uniform(1, "input", elementCount(shape), -1, 1)) };
}

const duels: Readonly<Record<string, (subject: DuelNetwork, oursFirst: boolean) => Promise<Duel>>> = {
  "onnx-node vs. InferenceSession": (subject, oursFirst) =>
    onnxDuel(onnxNode.createBackend, ortNode, "cpu", subject, oursFirst),
  "onnx-wasm vs. InferenceSession": (subject, oursFirst) =>
    onnxDuel(onnxWasm.createBackend, ortWeb, "wasm", subject, oursFirst),
  "tfjs-wasm vs. tf.layers": (subject) => layersDuel(subject),
};

interface Score {
  readonly ours: readonly number[];
  readonly raw: readonly number[];
}

/** The median of each contestant, in milliseconds. */
async function fight(start: (typeof duels)[string], subject: DuelNetwork, effort: Effort): Promise<Score> {
  const pairs: Duel[] = [];
  for (let pair = 0; pair < effort.pairs; pair += 1) pairs.push(await start(subject, pair % 2 === 0));
  for (const pair of pairs) await checkSame(pair);
  const contestants = pairs.flatMap(({ ours, raw }, pair) => [
    [`ours ${pair}`, ours] as const,
    [`raw ${pair}`, raw] as const,
  ]);
  const times = await medianTimes(new Map(contestants), effort.rounds);
  for (const pair of pairs) await pair.end();
  const typical = (side: "ours" | "raw"): readonly number[] =>
    pairs.map((_, pair) => times.get(`${side} ${pair}`) ?? Number.NaN);
  return { ours: typical("ours"), raw: typical("raw") };
}

console.log(`${machineLine()}, onnxruntime ${ortNode.env.versions.common}, tfjs ${tf.version_core}\n`);
console.log("network     isoconv vs. the runtime         isoconv ms    raw ms   ratio  (least … most over pairs)");
for (const name of chosen(Object.keys(efforts))) {
  const effort = efforts[name];
  if (effort === undefined) continue;
  const subject = subjectOf(name);
  for (const [label, start] of Object.entries(duels)) {
    const { ours, raw } = await fight(start, subject, effort);
    const ratios = ours.map((milliseconds, pair) => milliseconds / (raw[pair] ?? Number.NaN));
    const cells = [
      name.padEnd(10),
      label.padEnd(30),
      mean(ours).toFixed(3).padStart(10),
      mean(raw).toFixed(3).padStart(8),
      (mean(ours) / mean(raw)).toFixed(3).padStart(6),
      `(${Math.min(...ratios).toFixed(3)} … ${Math.max(...ratios).toFixed(3)})`,
    ];
    console.log(cells.join("  "));
  }
}
