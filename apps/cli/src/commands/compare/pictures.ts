import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { float32, IsoconvError, type TensorOf } from "@isoconv/core-spec";
import type { Reference } from "@isoconv/judge";
import { mobilenetV2 } from "@isoconv/mobilenet-v2";
import { photos } from "@isoconv/mobilenet-v2/photos";
import { fitPicture, normalisePicture, preprocess, type Picture } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/node";
import { getTensor } from "@isoconv/weights";
import { imagenetClasses, publishedWeights } from "@isoconv/zoo";
import { readTensorFile } from "../../files.js";
import { trainedFor } from "../../load-weights.js";

/** The images on which backends are compared. */
export interface Pictures {
  /** [N, C, H, W], the network's input. */
  readonly images: TensorOf<"float32">;
  /** The same to be shown, with values in [0, 1]. */
  readonly shown: TensorOf<"float32">;
  /** The right classes, if they are known. */
  readonly labels: readonly number[] | undefined;
  /** Names of photographs. */
  readonly names: readonly string[] | undefined;
  readonly classNames: readonly string[];
  readonly description: string;
  /** The oracle's logits with the weights that come with the network, where they are kept because the oracle takes long. */
  readonly reference: (() => Promise<Reference>) | undefined;
}

/**
 * The images that come with a network: those of a test set with its trained weights, or photographs.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` if there are none
 */
export async function readPictures(name: string): Promise<Pictures> {
  const trained = trainedFor(name);
  if (trained === undefined && name === mobilenetV2.model) return readPhotographs();
  if (trained === undefined) {
    throw new IsoconvError("INVALID_WEIGHTS", {
      node: name,
      what: "no trained weights and images come with this network",
      hint: "Use `isoconv run` with your own weights and input",
    });
  }
  const file = await readTensorFile(fileURLToPath(trained.sample), "INVALID_FEED");
  const images = getTensor(file, "images").toFloat32();
  return {
    images,
    shown: images,
    labels: [...getTensor(file, "labels").toInt32().data],
    names: undefined,
    classNames: trained.classes,
    description: `${trained.dataset} test set, balanced`,
    reference: undefined,
  };
}

async function readPhotographs(): Promise<Pictures> {
  const pictures = await Promise.all(photos.map(async ({ name, file }) => readPicture(name, await readFile(file))));
  const counts = { classes: imagenetClasses.length, channels: 3 };
  const preset = publishedWeights(mobilenetV2.model, counts)?.preprocessing;
  if (preset === undefined) throw new IsoconvError("INVALID_WEIGHTS", { what: "the preprocessing is not known" });
  return {
    images: preprocess(pictures, preset),
    shown: inUnitRange(pictures.map((picture) => fitPicture(picture, preset))),
    labels: undefined,
    names: photos.map(({ name }) => name),
    classNames: imagenetClasses,
    description: "the photographs of @isoconv/mobilenet-v2",
    reference: readReference,
  };
}

function inUnitRange(pictures: readonly Picture[]): TensorOf<"float32"> {
  const images = pictures.map((picture) => normalisePicture(picture, { mean: [0, 0, 0], std: [1, 1, 1] }));
  const [, ...shape] = images[0]?.shape ?? [];
  return float32([images.length, ...shape], Float32Array.from(images.flatMap(({ data }) => [...data])));
}

interface StoredLogits {
  readonly noiseFloor: number;
  readonly logits: Readonly<Record<string, readonly number[]>>;
}

async function readReference(): Promise<Reference> {
  const { noiseFloor, logits } = JSON.parse(await readFile(mobilenetV2.photosLogits, "utf8")) as StoredLogits;
  const value = Float64Array.from(photos.flatMap(({ name }) => logits[name] ?? []));
  const scale = value.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return { shape: [photos.length, value.length / photos.length], value, scale, noiseFloor };
}
