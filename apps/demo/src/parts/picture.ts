import { float32 } from "@isoconv/core-spec";
import type { ImageSize } from "@isoconv/zoo";
import type { Image } from "../engine/network.js";

/** RGBA pixels from any source. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A picture as a network's input: each byte / 255. One channel is the luminance of Pillow's mode `L`. */
export function toImage({ width, height, data }: Picture, channels: number, isInverted = false): Image {
  const area = width * height;
  const values = new Float32Array(channels * area);
  const read = channels === 1 ? brightnessAt : byteAt;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let pixel = 0; pixel < area; pixel += 1) {
      const byte = read(data, pixel, channel);
      values[channel * area + pixel] = (isInverted ? 255 - byte : byte) / 255;
    }
  }
  return float32([1, channels, height, width], values);
}

function byteAt(data: Picture["data"], pixel: number, channel: number): number {
  return data[pixel * 4 + channel] ?? 0;
}

/** The three weights sum to exactly 1, so grey is unchanged. */
function brightnessAt(data: Picture["data"], pixel: number): number {
  const [red, green, blue] = [byteAt(data, pixel, 0), byteAt(data, pixel, 1), byteAt(data, pixel, 2)];
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** An image of one channel or three as a picture. */
export function toPicture({ shape, data }: Image): Picture {
  const [, channels = 1, height = 0, width = 0] = shape;
  const area = width * height;
  const bytes = new Uint8ClampedArray(area * 4);
  for (let pixel = 0; pixel < area; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      bytes[pixel * 4 + channel] = Math.round(255 * (data[(channels === 1 ? 0 : channel) * area + pixel] ?? 0));
    }
    bytes[pixel * 4 + 3] = 255;
  }
  return { width, height, data: bytes };
}

/** The largest centred crop of a picture with the wanted aspect ratio, scaled to the wanted size. */
export function fitPicture(picture: Picture, { width, height }: Pick<ImageSize, "width" | "height">): Picture {
  if (picture.width === width && picture.height === height) return picture;
  const source = new OffscreenCanvas(picture.width, picture.height);
  source.getContext("2d")?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  return drawCover(source, picture, { width, height });
}

/** Draws any image source to cover the wanted size. Transparent parts become white. */
export function drawCover(
  source: CanvasImageSource,
  from: Pick<ImageSize, "width" | "height">,
  to: Pick<ImageSize, "width" | "height">,
): Picture {
  const context = new OffscreenCanvas(to.width, to.height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser has no 2D canvas");
  const scale = Math.max(to.width / from.width, to.height / from.height);
  const [width, height] = [from.width * scale, from.height * scale];
  context.fillStyle = "#fff";
  context.fillRect(0, 0, to.width, to.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, (to.width - width) / 2, (to.height - height) / 2, width, height);
  const { data } = context.getImageData(0, 0, to.width, to.height);
  return { width: to.width, height: to.height, data };
}
