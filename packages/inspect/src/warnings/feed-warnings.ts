import { type Capabilities, type Feeds, type Tensor } from "@isoconv/core-spec";
import type { Preprocessing } from "@isoconv/zoo";
import { describeNonFinite } from "./non-finite.js";
import type { Warning } from "./warning.js";

/** How images are normalised. */
export type Normalisation = Pick<Preprocessing, "mean" | "std">;

/** What is known of the run that takes the feeds. */
export interface FeedContext {
  /**
   * How the network's images are normalised; `scaled` if they are, in a way that is not known. Without it they may be
   * pixels from 0 to 255.
   */
  readonly normalisation?: Normalisation | "scaled" | undefined;
  /** The backend's. */
  readonly nonFinite?: Capabilities["nonFinite"] | undefined;
}

/** Larger than any value of a normalised image, or of one scaled to a few standard deviations. */
const LARGEST_NORMALISED = 16;

/** What is remarkable about feeds. Images are `[N, C, H, W]`; other inputs are only searched for NaN and ±∞. */
export function feedWarnings(feeds: Feeds, context: FeedContext = {}): readonly Warning[] {
  return Object.entries(feeds).flatMap(([name, tensor]) => {
    const path = `feeds["${name}"]`;
    const nonFinite = describeNonFinite(tensor);
    const images = imagesOf(tensor);
    return [
      ...(nonFinite === undefined ? [] : [nonFiniteWarning(path, nonFinite, context)]),
      ...constantWarning(path, images),
      ...unnormalisedWarning(path, images, context),
    ];
  });
}

function nonFiniteWarning(path: string, found: string, { nonFinite }: FeedContext): Warning {
  const outcome =
    nonFinite === "indeterminate"
      ? "This backend may drop NaN and still return a class, which then means nothing"
      : "The results that depend on them mean nothing";
  return { code: "NON_FINITE_INPUT", path, message: `${found}. ${outcome}` };
}

function constantWarning(path: string, images: readonly ImageFacts[]): readonly Warning[] {
  const found = images.filter(({ isConstant }) => isConstant);
  if (found.length === 0) return [];
  const message = `${listImages(found)}: every pixel has the same colour. Check how the image was decoded`;
  return [{ code: "CONSTANT_IMAGE", path, message }];
}

function unnormalisedWarning(
  path: string,
  images: readonly ImageFacts[],
  { normalisation }: FeedContext,
): readonly Warning[] {
  if (normalisation === undefined) return [];
  const varied = images.filter(({ isConstant, least }) => !isConstant && least >= 0);
  const pixels = varied.filter(({ most }) => most > LARGEST_NORMALISED && most <= 255);
  // A network whose normalisation is not known may take images in [0, 1].
  const scaled = normalisation === "scaled" ? [] : varied.filter(({ most }) => most <= 1);
  const advice =
    normalisation === "scaled"
      ? "Scale them as for the training of the weights: to [0, 1], and often to mean 0 and deviation 1 after that"
      : `Scale them to [0, 1], subtract the mean ${normalisation.mean.join(", ")} and divide by ${normalisation.std.join(", ")}`;
  return [
    { found: pixels, range: "from 0 to 255" },
    { found: scaled, range: "in [0, 1]" },
  ].flatMap(({ found, range }): readonly Warning[] =>
    found.length === 0
      ? []
      : [
          {
            code: "UNNORMALISED_INPUT",
            path,
            message: `${listImages(found)}: the values are ${range}, but the network takes normalised images. ${advice}`,
          },
        ],
  );
}

interface ImageFacts {
  readonly index: number;
  readonly least: number;
  readonly most: number;
  /** Every channel has one value. */
  readonly isConstant: boolean;
}

function imagesOf({ shape, data }: Tensor): readonly ImageFacts[] {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  const plane = height * width;
  if (shape.length !== 4 || plane < 2) return [];
  return Array.from({ length: count }, (_, index) => {
    let [least, most, isConstant] = [Infinity, -Infinity, true];
    for (let channel = 0; channel < channels; channel += 1) {
      const start = (index * channels + channel) * plane;
      for (let i = start; i < start + plane; i += 1) {
        if (data[i] < least) least = data[i];
        if (data[i] > most) most = data[i];
        if (data[i] !== data[start]) isConstant = false;
      }
    }
    return { index, least, most, isConstant };
  });
}

const SHOWN = 5;

function listImages(images: readonly ImageFacts[]): string {
  const indices = images.slice(0, SHOWN).map(({ index }) => index);
  const more = images.length > SHOWN ? ` and ${images.length - SHOWN} more` : "";
  return `${images.length === 1 ? "image" : "images"} ${indices.join(", ")}${more}`;
}
