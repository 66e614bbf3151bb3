import { float32 } from "@isoconv/core-spec";
import {
  convertPicture,
  fitPicture as fitForNetwork,
  resizePicture,
  type Picture as AnyPicture,
  type PictureSize,
} from "@isoconv/vision";
import type { Preprocessing } from "@isoconv/zoo";
import type { Image } from "../engine/network.js";

/** RGBA pixels from any source, as canvases have them. */
export interface Picture extends PictureSize {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A picture as a network's input: each byte / 255. One channel is the luminance of Pillow's mode `L`. */
export function toImage(picture: Picture, channels: number, isInverted = false): Image {
  const { width, height } = picture;
  const area = width * height;
  const values = new Float32Array(channels * area);
  const { data } = convertPicture(withMode(picture), channels === 1 ? "L" : "RGBA");
  const bands = data.length / area;
  for (let channel = 0; channel < Math.min(channels, bands); channel += 1) {
    for (let pixel = 0; pixel < area; pixel += 1) {
      const byte = data[pixel * bands + channel] ?? 0;
      values[channel * area + pixel] = (isInverted ? 255 - byte : byte) / 255;
    }
  }
  return float32([1, channels, height, width], values);
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

/**
 * A picture in a network's size. With a preprocessing it is torchvision's, scaled if the size is not its own; else the largest
 * centred part with the same proportions is resized as Pillow does it.
 */
export function fitPicture(picture: Picture, size: PictureSize, preprocessing?: Preprocessing): Picture {
  // As torchvision does, alpha is dropped and not blended.
  const given = convertPicture(withMode(picture), "RGB");
  if (preprocessing !== undefined && size.width === size.height) {
    const resize = Math.round((preprocessing.resize * size.width) / preprocessing.crop);
    return forCanvas(fitForNetwork(given, { ...preprocessing, resize, crop: size.width }));
  }
  const scale = Math.min(picture.width / size.width, picture.height / size.height);
  // Products that are rounded up would begin the part outside the picture.
  const [left, top] = [
    Math.max(0, (picture.width - size.width * scale) / 2),
    Math.max(0, (picture.height - size.height * scale) / 2),
  ];
  const box = [left, top, picture.width - left, picture.height - top] as const;
  return forCanvas(resizePicture(given, { width: size.width, height: size.height }, { filter: "bilinear", box }));
}

/** A picture none of whose sides is longer, to be shown. */
export function thumbnailOf(picture: Picture, longestSide: number): Picture {
  const shrink = longestSide / Math.max(picture.width, picture.height);
  if (shrink >= 1) return picture;
  const extent = (given: number): number => Math.max(1, Math.round(given * shrink));
  const size = { width: extent(picture.width), height: extent(picture.height) };
  return forCanvas(resizePicture(withMode(picture), size, { filter: "box" }));
}

/** A picture in any mode as canvases take it. */
export function forCanvas(picture: AnyPicture): Picture {
  const { width, height, data } = convertPicture(picture, "RGBA");
  return {
    width,
    height,
    data: data instanceof Uint8ClampedArray && isPlain(data) ? data : Uint8ClampedArray.from(data),
  };
}

function isPlain(data: Uint8ClampedArray): data is Uint8ClampedArray<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer;
}

/** The picture for functions that take pictures in any mode. */
export function withMode({ width, height, data }: Picture): AnyPicture {
  return { mode: "RGBA", width, height, data };
}
