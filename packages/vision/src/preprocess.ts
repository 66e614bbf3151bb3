import { checkOptions, float32, inDomain, IsoconvError, optionChecks, type TensorOf } from "@isoconv/core-spec";
import type { Preprocessing } from "@isoconv/zoo";
import { convertPicture } from "./convert-picture.js";
import { cropCentre } from "./crop-picture.js";
import type { Picture, PictureSize } from "./picture.js";
import { resizePicture } from "./resize/resize-picture.js";

/** The mean and the deviation of each channel, after scaling to [0, 1]. */
export type Normalisation = Pick<Preprocessing, "mean" | "std">;

/**
 * Pictures as a network's input, with the bits of torchvision's `weights.transforms()` on Pillow's images: to RGB, the short side
 * resized, the centre cropped, `(byte / 255 − mean) / std` in single precision.
 *
 * @param pictures one, or a batch of any sizes and modes
 * @param preprocessing for example `pretrainedFor("resnet50")[0].preprocessing` of `@isoconv/zoo`
 * @returns float32 `[N, 3, crop, crop]`
 * @throws IsoconvError `INVALID_SHAPE` for no pictures, a picture whose data do not fill it, and `INVALID_ATTRIBUTE` for a
 *   preprocessing that cannot be executed, such as one without antialiasing
 */
export function preprocess(pictures: Picture | readonly Picture[], preprocessing: Preprocessing): TensorOf<"float32"> {
  const batch = "mode" in pictures ? [pictures] : pictures;
  if (batch.length === 0) {
    throw new IsoconvError("INVALID_SHAPE", { path: "pictures", what: "no pictures", expected: "at least one" });
  }
  checkPreprocessing(preprocessing);
  const { crop, mean, std } = preprocessing;
  const input = float32([batch.length, 3, crop, crop]);
  for (const [index, picture] of batch.entries()) {
    writeNormalised(fitPicture(picture, preprocessing), { mean, std }, input.data, index * 3 * crop * crop);
  }
  return input;
}

/** A picture as the network sees it: RGB, `crop` × `crop` pixels, not normalised. */
export function fitPicture(picture: Picture, preprocessing: Preprocessing): Picture {
  checkPreprocessing(preprocessing);
  const { resize, crop, interpolation } = preprocessing;
  const rgb = convertPicture(picture, "RGB");
  const resized = resizePicture(rgb, withShortSide(rgb, resize), { filter: interpolation });
  return cropCentre(resized, { width: crop, height: crop });
}

/**
 * One picture as a network's input: `(byte / 255 − mean) / std` of each channel, in single precision as PyTorch computes it.
 *
 * @returns float32 `[1, 3, height, width]`
 */
export function normalisePicture(picture: Picture, normalisation: Normalisation): TensorOf<"float32"> {
  const { width, height } = picture;
  const input = float32([1, 3, height, width]);
  writeNormalised(convertPicture(picture, "RGB"), normalisation, input.data, 0);
  return input;
}

/** The size with this short side and the same proportions; the long side is rounded down, as in torchvision. */
function withShortSide({ width, height }: PictureSize, short: number): PictureSize {
  const long = Math.trunc((short * Math.max(width, height)) / Math.min(width, height));
  return width <= height ? { width: short, height: long } : { width: long, height: short };
}

function writeNormalised({ data }: Picture, { mean, std }: Normalisation, input: Float32Array, start: number): void {
  const area = data.length / 3;
  for (let channel = 0; channel < 3; channel += 1) {
    const table = normalisedBytes(mean[channel] ?? 0, std[channel] ?? 1);
    for (let pixel = 0, at = start + channel * area; pixel < area; pixel += 1, at += 1) {
      input[at] = table[data[pixel * 3 + channel]];
    }
  }
}

/** What each byte becomes. Every step rounds to single precision. */
function normalisedBytes(mean: number, std: number): Float32Array {
  const [mean32, std32] = [Math.fround(mean), Math.fround(std)];
  return Float32Array.from({ length: 256 }, (_, byte) => Math.fround(Math.fround(byte / 255) - mean32) / std32);
}

const threeNumbers = inDomain(
  "three finite numbers",
  (value) => Array.isArray(value) && value.length === 3 && value.every(Number.isFinite),
);

/** torchvision resizes Pillow's images with antialiasing, whatever this option says of tensors. */
const antialiased = inDomain("true: pictures are resized as Pillow does it", (value) => value === true);

function checkPreprocessing(preprocessing: Preprocessing): void {
  checkOptions<Preprocessing>(
    preprocessing,
    {
      known: {
        resize: optionChecks.count,
        crop: optionChecks.count,
        interpolation: optionChecks.oneOf(["bilinear", "bicubic"]),
        antialias: antialiased,
        mean: threeNumbers,
        std: threeNumbers,
      },
    },
    { path: "preprocessing" },
  );
}
