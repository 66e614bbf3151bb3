import { float32, IsoconvError, type Parameters, type TensorOf } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { getTensor, readWeights, type WeightsFile } from "@isoconv/weights";
import { createModel, findModel, loadCheckpoint, type CheckpointCounts, type Model } from "@isoconv/zoo";
import type { TrainedWeights } from "@isoconv/zoo/trained-weights";
import { fetchFile } from "./fetch-file.js";
import { publishedFor } from "./published.js";
import { trainedFor } from "./trained.js";
import { readGivenWeights, type WeightsFiles } from "./weights-files.js";

/** A network and its weights, described so that any worker can build them. */
export interface NetworkChoice {
  readonly model: string;
  /** The text of the reader's own network. If present, it is built, and `model` is only a name. */
  readonly layers?: string | undefined;
  /** Height and width of the input; the network's default if absent. */
  readonly size?: number | undefined;
  readonly weights: WeightsChoice;
}

export type WeightsChoice =
  | { readonly kind: "trained" }
  | { readonly kind: "seed"; readonly seed: number }
  | {
      readonly kind: "file";
      readonly files: WeightsFiles;
      /** The file's numbers of classes and channels; the network's defaults if absent. */
      readonly counts?: CheckpointCounts | undefined;
    };

export interface Network {
  readonly model: Model;
  readonly parameters: Parameters;
}

/** An image as the network's input: `[1, C, H, W]`. */
export type Image = TensorOf<"float32">;

/** Extents of the network's input. Images of any size are scaled to it. */
export function inputSize({
  model,
  size,
  weights,
}: Pick<NetworkChoice, "model" | "size"> & Partial<Pick<NetworkChoice, "weights">>): {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
} {
  const { defaults, minimumSize } = findModel(model);
  const own = { ...defaults, ...trainedFor(model)?.options };
  const extent = (given: number): number => Math.max(minimumSize, size ?? given);
  const counts = weights?.kind === "file" ? weights.counts : undefined;
  return { channels: counts?.channels ?? own.channels, height: extent(own.height), width: extent(own.width) };
}

/** The network without its parameters. */
export async function buildModel(choice: NetworkChoice): Promise<Model> {
  const { model, layers, weights } = choice;
  if (layers !== undefined) return (await import("./own-network/own-model.js")).ownModel(layers);
  return createModel(model, { ...publishedFor(choice)?.options, ...inputSize(choice), ...classesOf(model, weights) });
}

/**
 * Builds the network and its parameters.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` for a file that is not the network's, `INVALID_ATTRIBUTE`, `INVALID_SHAPE`
 */
export async function buildNetwork(choice: NetworkChoice): Promise<Network> {
  const model = await buildModel(choice);
  const { model: name, weights } = choice;
  switch (weights.kind) {
    case "seed":
      return { model, parameters: initParameters(model.parameters, { seed: weights.seed }) };
    case "file":
      return { model, parameters: loadCheckpoint(model, await readGivenWeights(weights.files)).parameters };
    case "trained": {
      const trained = trainedFor(name);
      if (trained === undefined) {
        throw new IsoconvError("INVALID_WEIGHTS", { node: name, what: "no trained weights come with this network" });
      }
      return {
        model,
        parameters: loadCheckpoint(model, await fetchWeights(trained.weights)).parameters,
      };
    }
  }
}

function classesOf(name: string, weights: WeightsChoice): { readonly classes?: number } {
  if (weights.kind === "file" && weights.counts !== undefined) return { classes: weights.counts.classes };
  const trained = trainedFor(name);
  return weights.kind === "trained" && trained !== undefined ? { classes: trained.classes.length } : {};
}

/** Images that come with a trained network, and their labels. */
export interface Samples {
  /** `[N, C, H, W]`, ready to be fed to the network. */
  readonly images: Image;
  readonly labels: readonly number[];
}

/** The samples of trained weights: the same pictures in the same order for all networks, as each network's input. */
export async function sampleImages({ sample }: TrainedWeights): Promise<Samples> {
  const file = await fetchWeights(sample);
  return { images: getTensor(file, "images").toFloat32(), labels: [...getTensor(file, "labels").toInt32().data] };
}

async function fetchWeights(url: URL): Promise<WeightsFile> {
  return readWeights(url.pathname, await (await fetchFile(url)).arrayBuffer());
}

/** One image of a batch. */
export function imageAt({ shape, data }: Image, index: number): Image {
  const [, ...rest] = shape;
  const size = rest.reduce((product, extent) => product * extent, 1);
  return float32([1, ...rest], data.slice(index * size, (index + 1) * size));
}
