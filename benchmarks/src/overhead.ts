import * as onnxNode from "@isoconv/backend-onnx/node";
import * as onnxWasm from "@isoconv/backend-onnx/wasm";
import * as tfjsWasm from "@isoconv/backend-tfjs/wasm";
import { interleave, median, pairedRatio } from "@isoconv/conformance";
import { elementCount, float32, uniform, type Backend, type TensorOf } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel, type Model } from "@isoconv/zoo";
import * as tf from "@tensorflow/tfjs-core";
import * as ortNode from "onnxruntime-node";
import * as ortWeb from "onnxruntime-web";
import { layersModel } from "./layers-model.js";
import { chosen, machineLine } from "./machine.js";
import { rawSession } from "./raw-session.js";

/** Rounds and runs per round, fewer for slow networks. */
const effort = { "d2l/lenet": { rounds: 60, runsPerRound: 40 }, resnet18: { rounds: 14, runsPerRound: 3 } } as const;

interface Duel {
  readonly ours: () => Promise<unknown>;
  readonly raw: () => Promise<unknown>;
  readonly end: () => Promise<void>;
}

interface Subject {
  readonly model: Model;
  readonly parameters: ReturnType<typeof initParameters>;
  readonly input: TensorOf<"float32">;
}

async function compileOurs(backend: Backend, { model, parameters, input }: Subject): Promise<() => Promise<unknown>> {
  const executable = await backend.compile(model.graph, parameters);
  return () => executable.run({ input });
}

async function onnxDuel(
  open: typeof onnxNode.createBackend,
  ort: typeof ortNode | typeof ortWeb,
  provider: "cpu" | "wasm",
  subject: Subject,
): Promise<Duel> {
  const backend = await open();
  const ours = await compileOurs(backend, subject);
  const raw = await rawSession(ort, provider, backend.capabilities.threads, subject.model.graph, subject.parameters);
  const { data, shape } = subject.input;
  return {
    ours,
    raw: () => raw.run(data, shape),
    end: async () => {
      await backend.dispose();
      await raw.release();
    },
  };
}

/** The user's whole round trip: a tensor from an array, predict, the data back. */
async function layersDuel(subject: Subject): Promise<Duel> {
  const backend = await tfjsWasm.createBackend();
  const ours = await compileOurs(backend, subject);
  await tf.setBackend("wasm");
  const layers = layersModel(subject.model.graph, subject.parameters);
  const [batch = 1, channels = 1, height = 1, width = 1] = subject.input.shape;
  const data = channelsLast(subject.input);
  return {
    ours,
    raw: async () => {
      const x = tf.tensor4d(data, [batch, height, width, channels]);
      const y = layers.predict(x);
      if (Array.isArray(y)) throw new Error("more than one output");
      const result = await y.data();
      x.dispose();
      y.dispose();
      return result;
    },
    end: async () => {
      await backend.dispose();
      layers.dispose();
    },
  };
}

function channelsLast({ shape, data }: TensorOf<"float32">): Float32Array {
  const [, channels = 1, height = 1, width = 1] = shape;
  const plane = height * width;
  return Float32Array.from({ length: data.length }, (_, i) => data[(i % channels) * plane + Math.floor(i / channels)]);
}

/** Both sides must compute the same thing, or the ratio means nothing. */
async function checkSame({ ours, raw }: Duel, label: string): Promise<void> {
  const { logits } = (await ours()) as { logits: { data: Float32Array } };
  const theirs: unknown = await raw();
  const data = theirs instanceof Float32Array ? theirs : ((theirs as { data: unknown }).data as Float32Array);
  const scale = Math.max(...logits.data.map(Math.abs));
  const worst = Math.max(...logits.data.map((value, i) => Math.abs(value - data[i])));
  if (!(worst / scale < 1e-4)) throw new Error(`${label}: the two sides disagree by ${worst / scale}`);
}

console.log(`${machineLine()}, onnxruntime ${ortNode.env.versions.common}, tfjs ${tf.version_core}\n`);
console.log("network     ours vs. raw                          ours ms    raw ms   ratio (median of paired rounds)");
for (const name of chosen(Object.keys(effort)) as (keyof typeof effort)[]) {
  const model = createModel(name);
  const shape = [1, ...model.inputShape.slice(1).map(Number)];
  const input = float32(shape, uniform(1, "input", elementCount(shape), -1, 1));
  const subject = { model, parameters: initParameters(model.parameters, { seed: 1, scheme: "conformance" }), input };
  const duels = {
    "onnx-node vs. InferenceSession": () => onnxDuel(onnxNode.createBackend, ortNode, "cpu", subject),
    "onnx-wasm vs. InferenceSession": () => onnxDuel(onnxWasm.createBackend, ortWeb, "wasm", subject),
    "tfjs-wasm vs. tf.layers": () => layersDuel(subject),
  };
  for (const [label, start] of Object.entries(duels)) {
    const duel = await start();
    await checkSame(duel, `${name} ${label}`);
    const { rounds, runsPerRound } = effort[name];
    const times = await interleave({ ours: duel.ours, raw: duel.raw }, { rounds, runsPerRound });
    await duel.end();
    const ratio = pairedRatio(times.ours, times.raw, runsPerRound);
    const cells = [
      name.padEnd(10),
      label.padEnd(34),
      median(times.ours).toFixed(3).padStart(8),
      median(times.raw).toFixed(3).padStart(9),
      ratio.toFixed(3).padStart(7),
    ];
    console.log(cells.join("  "));
  }
}
