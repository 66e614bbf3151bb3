import type * as onnxNode from "@isoconv/backend-onnx/node";
import * as tfjsWasm from "@isoconv/backend-tfjs/wasm";
import type { Backend, TensorOf } from "@isoconv/core-spec";
import type { initParameters } from "@isoconv/nn";
import type { Model } from "@isoconv/zoo";
import * as tf from "@tensorflow/tfjs-core";
import type * as ortNode from "onnxruntime-node";
import type * as ortWeb from "onnxruntime-web";
import { layersModel } from "./layers-model.js";
import { rawSession } from "./raw-session.js";

/** The same network run by isoconv and by the runtime alone. */
export interface Duel {
  readonly ours: () => Promise<unknown>;
  readonly raw: () => Promise<unknown>;
  readonly end: () => Promise<void>;
}

export interface DuelNetwork {
  readonly model: Model;
  readonly parameters: ReturnType<typeof initParameters>;
  readonly input: TensorOf<"float32">;
}

async function compileOurs(
  backend: Backend,
  { model, parameters, input }: DuelNetwork,
): Promise<() => Promise<unknown>> {
  const executable = await backend.compile(model.graph, parameters);
  return () => executable.run({ input });
}

/** Creates both sides, in the given order. */
async function inOrder<A, B>(
  oursFirst: boolean,
  makeOurs: () => Promise<A>,
  makeRaw: () => Promise<B>,
): Promise<[A, B]> {
  if (oursFirst) return [await makeOurs(), await makeRaw()];
  const raw = await makeRaw();
  return [await makeOurs(), raw];
}

/** Compares with a session on the same model that isoconv exports. */
export async function onnxDuel(
  open: typeof onnxNode.createBackend,
  ort: typeof ortNode | typeof ortWeb,
  provider: "cpu" | "wasm",
  subject: DuelNetwork,
  oursFirst: boolean,
): Promise<Duel> {
  const backend = await open();
  const { threads } = backend.capabilities;
  const [ours, raw] = await inOrder(
    oursFirst,
    () => compileOurs(backend, subject),
    () => rawSession(ort, provider, threads, subject.model.graph, subject.parameters),
  );
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

/** Against a `tf.layers` model and its user's whole round trip: a tensor from an array, predict, the data back. */
export async function layersDuel(subject: DuelNetwork): Promise<Duel> {
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

/** Both sides must compute the same result, or their ratio has no meaning. */
export async function checkSame({ ours, raw }: Duel): Promise<void> {
  const { logits } = (await ours()) as { logits: { data: Float32Array } };
  const theirs: unknown = await raw();
  const data = theirs instanceof Float32Array ? theirs : ((theirs as { data: unknown }).data as Float32Array);
  const scale = Math.max(...logits.data.map(Math.abs));
  const worst = Math.max(...logits.data.map((value, i) => Math.abs(value - data[i])));
  if (!(worst / scale < 1e-4)) throw new Error(`the two sides disagree by ${worst / scale}`);
}
