import { encode } from "fast-png";
import type { TensorOf } from "@isoconv/core-spec";

/** One image [C, H, W] of a batch with values in [0, 1], as a PNG data URI: grey for one channel, RGB for three. */
export function imageDataUri(images: TensorOf<"float32">, index: number): string {
  const [, channels = 1, height = 1, width = 1] = images.shape;
  const shown = channels >= 3 ? 3 : 1;
  const plane = height * width;
  const start = index * channels * plane;
  const data = new Uint8Array(plane * shown);
  for (let pixel = 0; pixel < plane; pixel += 1) {
    for (let channel = 0; channel < shown; channel += 1) {
      data[pixel * shown + channel] = Math.round(
        255 * Math.min(1, Math.max(0, images.data[start + channel * plane + pixel])),
      );
    }
  }
  return `data:image/png;base64,${Buffer.from(encode({ width, height, data, channels: shown, depth: 8 })).toString("base64")}`;
}
