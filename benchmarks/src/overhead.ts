import * as onnxNode from "@isoconv/backend-onnx/node";
import * as onnxWasm from "@isoconv/backend-onnx/wasm";
import { interleave, median, pairedRatio } from "@isoconv/conformance";
import { elementCount, float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import * as tf from "@tensorflow/tfjs-core";
import * as ortNode from "onnxruntime-node";
import * as ortWeb from "onnxruntime-web";
import { checkSame, layersDuel, onnxDuel, type Duel, type Subject } from "./duel.js";
import { chosen, machineLine } from "./machine.js";

interface Effort {
  readonly pairs: number;
  readonly rounds: number;
  readonly runsPerRound: number;
}

/**
 * Fresh pairs, rounds a pair and runs a round. Two identical sessions of one process differ by up to 12 %, by where their
 * memory lies: only the median over pairs, created in alternating order, tells the two sides apart.
 */
const efforts: Readonly<Record<string, Effort>> = {
  "d2l/lenet": { pairs: 48, rounds: 6, runsPerRound: 40 },
  resnet18: { pairs: 5, rounds: 5, runsPerRound: 3 },
};

function subjectOf(name: string): Subject {
  const model = createModel(name);
  const shape = [1, ...model.inputShape.slice(1).map(Number)];
  const parameters = initParameters(model.parameters, { seed: 1, scheme: "conformance" });
  return { model, parameters, input: float32(shape, uniform(1, "input", elementCount(shape), -1, 1)) };
}

const duels: Readonly<Record<string, (subject: Subject, oursFirst: boolean) => Promise<Duel>>> = {
  "onnx-node vs. InferenceSession": (subject, oursFirst) =>
    onnxDuel(onnxNode.createBackend, ortNode, "cpu", subject, oursFirst),
  "onnx-wasm vs. InferenceSession": (subject, oursFirst) =>
    onnxDuel(onnxWasm.createBackend, ortWeb, "wasm", subject, oursFirst),
  "tfjs-wasm vs. tf.layers": (subject) => layersDuel(subject),
};

interface Score {
  readonly ratio: number;
  readonly ours: number;
  readonly raw: number;
}

async function fight(start: (typeof duels)[string], subject: Subject, effort: Effort): Promise<readonly Score[]> {
  const scores: Score[] = [];
  for (let pair = 0; pair < effort.pairs; pair += 1) {
    const duel = await start(subject, pair % 2 === 0);
    await checkSame(duel);
    const { ours, raw } = await interleave({ ours: duel.ours, raw: duel.raw }, effort);
    await duel.end();
    scores.push({ ratio: pairedRatio(ours, raw, effort.runsPerRound), ours: median(ours), raw: median(raw) });
  }
  return scores;
}

console.log(`${machineLine()}, onnxruntime ${ortNode.env.versions.common}, tfjs ${tf.version_core}\n`);
console.log("network     isoconv vs. the runtime         isoconv ms    raw ms   ratio  (least … most over pairs)");
for (const name of chosen(Object.keys(efforts))) {
  const effort = efforts[name];
  if (effort === undefined) continue;
  const subject = subjectOf(name);
  for (const [label, start] of Object.entries(duels)) {
    const scores = await fight(start, subject, effort);
    const ratios = scores.map(({ ratio }) => ratio);
    const cells = [
      name.padEnd(10),
      label.padEnd(30),
      median(scores.map(({ ours }) => ours))
        .toFixed(3)
        .padStart(10),
      median(scores.map(({ raw }) => raw))
        .toFixed(3)
        .padStart(8),
      median(ratios).toFixed(3).padStart(6),
      `(${Math.min(...ratios).toFixed(3)} … ${Math.max(...ratios).toFixed(3)})`,
    ];
    console.log(cells.join("  "));
  }
}
