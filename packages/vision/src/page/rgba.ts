import type { Picture, PictureSize } from "../picture.js";

/** Pixels as canvases and the wasm decoders have them. */
export interface Rgba extends PictureSize {
  readonly data: Uint8ClampedArray;
}

export function rgba({ width, height, data }: Rgba): Picture {
  return { mode: "RGBA", width, height, data };
}
