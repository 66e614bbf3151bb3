import {
  bindShape,
  elementCount,
  float32,
  formatShape,
  IsoconvError,
  sameShape,
  uniform,
  type Feeds,
} from "@isoconv/core-spec";
import type { Model } from "@isoconv/zoo";
import type { OutputStride } from "../../output-stride.js";
import { trainedShape, type WeightsFlags } from "../../load-weights.js";
import { modelFor } from "../../network.js";
import { asBatch, readInput } from "../../read-input.js";
import { seedOf } from "../../seed.js";

/** The options of `run` and `diff` that choose the network and its input. */
export interface NetworkOptions extends WeightsFlags {
  readonly input: string;
  readonly classes: number | undefined;
  /** Module paths; empty for the logits. */
  readonly features?: readonly string[];
  readonly transformInput?: boolean;
  readonly outputStride?: OutputStride | undefined;
}

/** A network, and what it is fed with. */
export interface ModelAndInput {
  readonly model: Model;
  /** Of the network's one input. */
  readonly feeds: Feeds;
  /** Whether the input was drawn from a seed. */
  readonly isDrawn: boolean;
}

/** The images of `--input`, and a network built for their shape. */
export async function readModelAndInput(
  name: string,
  { input: source, classes, weights, features = [], transformInput = false, outputStride }: NetworkOptions,
): Promise<ModelAndInput> {
  const extras = { ...(features.length > 0 ? { features } : {}), transformInput, outputStride };
  const seed = seedOf(source);
  if (seed === undefined) {
    const read = await readInput(source);
    // A network from a file may take inputs that are not images.
    const shape = [3, 4].includes(read.tensor.shape.length) ? asBatch(read, 4).shape : undefined;
    if (shape !== undefined && weights === undefined) checkTrainedShape(name, shape);
    const model = await modelFor(name, shape, classes, extras);
    const input = asBatch(read, model.inputShape.length);
    return { model, feeds: { [inputNameOf(model)]: input }, isDrawn: false };
  }
  const model = await modelFor(name, weights === undefined ? trainedShape(name) : undefined, classes, extras);
  const shape = bindShape(model.inputShape, 1);
  const input = float32(shape, uniform(seed, "input", elementCount(shape), -1, 1));
  return { model, feeds: { [inputNameOf(model)]: input }, isDrawn: true };
}

/** The number of items in a batch. */
export function batchOf(feeds: Feeds): number {
  return Object.values(feeds)[0]?.shape[0] ?? 0;
}

/** @throws IsoconvError `UNSUPPORTED` for a network that does not have one input: the command feeds one tensor */
function inputNameOf({ name, graph }: Model): string {
  const [input, ...others] = graph.inputs;
  if (input !== undefined && others.length === 0) return input.name;
  throw new IsoconvError("UNSUPPORTED", {
    node: name,
    path: "--input",
    what: "the command feeds networks that have one input",
    expected: "one input",
    received: graph.inputs.map((each) => each.name).join(", "),
  });
}

/** Trained weights fit only images of the size that they were trained on. */
function checkTrainedShape(name: string, shape: readonly number[]): void {
  const expected = trainedShape(name)?.slice(1);
  if (expected === undefined || sameShape(shape.slice(1), expected)) return;
  throw new IsoconvError("INVALID_FEED", {
    node: name,
    path: "--input",
    what: "the trained weights are for images of another size",
    expected: formatShape(["N", ...expected]),
    received: formatShape(shape),
  });
}
