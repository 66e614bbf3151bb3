import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { normalisePicture } from "@isoconv/vision";
import { imagenetClasses, models, type CheckpointCounts, type Preprocessing } from "@isoconv/zoo";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import { imageAt, inputSize, type Image, type NetworkChoice, type WeightsChoice } from "../engine/network.js";
import { publishedFor } from "../engine/published.js";
import { trainedFor } from "../engine/trained.js";
import type { WeightsFiles } from "../engine/weights-files.js";
import { setState, stateOf } from "../route/url-state.js";
import { fitPicture, toImage, toPicture, withMode, type Picture } from "./picture.js";
import { samplesOf, type Loading } from "./samples.js";

/** Weights from the reader, and the network that they fit. They are not in the address. */
export interface GivenWeights {
  readonly files: WeightsFiles;
  readonly model: string;
  readonly counts: CheckpointCounts;
}

const allGivenWeights = signal<GivenWeights | undefined>(undefined);

const modelName = computed(() => {
  const asked = stateOf("model", trainedWeights[0].model);
  return models.some(({ name }) => name === asked) ? asked : trainedWeights[0].model;
});

/** The reader's weights, if they fit the chosen network. */
export const givenWeights: ReadonlySignal<GivenWeights | undefined> = computed(() =>
  allGivenWeights.value?.model === modelName.value ? allGivenWeights.value : undefined,
);

/** A string, so that other changes of the address do not notify readers of the weights. */
const weightsText = computed(() => stateOf("weights", "trained"));

const weights = computed((): WeightsChoice => {
  const asked = weightsText.value;
  if (asked === "file" && givenWeights.value !== undefined) {
    const { files, counts } = givenWeights.value;
    return { kind: "file", files, counts };
  }
  if (asked === "trained" && trainedFor(modelName.value) !== undefined) return { kind: "trained" };
  return { kind: "seed", seed: seedOf(asked) };
});

const size = computed(() => sizeOf(stateOf("size", "")));

/** The network of all views, from the address. Every address yields one. */
export const network: ReadonlySignal<NetworkChoice> = computed(() => ({
  model: modelName.value,
  weights: weights.value,
  // Trained weights fit one input size only.
  size: weights.value.kind === "trained" ? undefined : size.value,
}));

/** Sources of a picture. Only the samples are in the address; the others are the reader's own. */
export const sources = ["sample", "photo", "camera", "draw"] as const;
export type Source = (typeof sources)[number];
export type OwnSource = Exclude<Source, "sample">;

export const source: ReadonlySignal<Source> = computed(() => {
  const asked = stateOf("input", "sample").split(":")[0];
  return sources.find((each) => each === asked) ?? "sample";
});

/** The index of the chosen sample, or `undefined` if the picture is the reader's own. */
export const sampleIndex = computed(() =>
  source.value === "sample" ? Number(stateOf("input", "sample:0").split(":")[1] ?? 0) : undefined,
);

/** The images that come with the network, as its input. */
export const samples: ReadonlySignal<Loading> = computed(() => samplesOf(trainedFor(modelName.value)).value);

const ownPictures = signal<Readonly<Partial<Record<OwnSource, Picture | undefined>>>>({});

/** The reader's photo in a size to be shown. */
export const thumbnail = signal<Picture | undefined>(undefined);

/** The picture from the chosen source; `undefined` while the samples load or before the reader gives one. */
export const picture: ReadonlySignal<Picture | undefined> = computed(() => {
  if (source.value !== "sample") return ownPictures.value[source.value];
  const index = sampleIndex.value ?? 0;
  const { loaded } = samples.value;
  if (loaded === undefined || !(index in loaded.labels)) return undefined;
  return toPicture(imageAt(loaded.images, index));
});

/** Why there is no picture. */
export type Missing =
  /** The samples are loading. */
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly failure: unknown }
  /** No picture was given, or there is no such sample. */
  | { readonly kind: "none" };

/** `undefined` if there is a picture. */
export const missing = computed((): Missing | undefined => {
  if (picture.value !== undefined) return undefined;
  const { loaded, failure } = samples.value;
  if (source.value !== "sample" || loaded !== undefined) return { kind: "none" };
  return failure === undefined ? { kind: "loading" } : { kind: "failed", failure };
});

export const isInverted = computed(() => stateOf("invert", "0") === "1");

/** The published weights that the reader's file is assumed to be. */
const published = computed(() => publishedFor(network.value));

/** The picture in the network's size and number of channels: `[1, C, H, W]` float32 in [0, 1]. */
export const fitted: ReadonlySignal<Image | undefined> = computed(() => {
  if (picture.value === undefined) return undefined;
  const extents = inputSize(network.value);
  const ofNetwork = fitPicture(picture.value, extents, published.value?.preprocessing);
  return toImage(ofNetwork, extents.channels, isInverted.value);
});

/** The normalisation of images, if the weights are known to need one. */
export const normalisation = computed(
  (): Pick<Preprocessing, "mean" | "std"> | undefined => published.value?.preprocessing,
);

/** The image of all views, ready to be fed to the network. For published weights its bits are torchvision's. */
export const image: ReadonlySignal<Image | undefined> = computed(() =>
  fitted.value === undefined || normalisation.value === undefined
    ? fitted.value
    : normalisePicture(withMode(toPicture(fitted.value)), normalisation.value),
);

/** Class names by index; empty for random weights and for a file that is not assumed to be published weights. */
export const classNames = computed((): readonly string[] => {
  const { model, weights: chosen } = network.value;
  if (chosen.kind === "trained") return trainedFor(model)?.classes ?? [];
  return published.value === undefined ? [] : imagenetClasses;
});

/** The label of the chosen sample, if it is one of the network's classes. */
export const trueClass = computed((): string | undefined => {
  if (network.value.weights.kind !== "trained" || sampleIndex.value === undefined) return undefined;
  return classNames.value[samples.value.loaded?.labels[sampleIndex.value] ?? -1];
});

/** Uses the reader's weights and selects the network that they fit. */
export function chooseWeights(given: GivenWeights): void {
  const isOther = given.model !== modelName.peek();
  allGivenWeights.value = given;
  setState({ weights: "file", ...(isOther ? { model: given.model, size: undefined } : {}) });
}

export function chooseSource(wanted: Source): void {
  setState({ input: wanted });
}

export function chooseSample(index: number): void {
  setState({ input: `sample:${index}` });
}

export function choosePicture(from: OwnSource, given: Picture): void {
  ownPictures.value = { ...ownPictures.value, [from]: given };
  setState({ input: from });
}

/** Removes the drawing. */
export function clearPicture(): void {
  ownPictures.value = { ...ownPictures.value, draw: undefined };
}

/** The seed in the address, such as `seed:7`. */
export function seedOf(text: string): number {
  const seed = /^seed:(\d{1,9})$/.exec(text)?.[1];
  return seed === undefined ? 1 : Number(seed);
}

function sizeOf(text: string): number | undefined {
  return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined;
}
