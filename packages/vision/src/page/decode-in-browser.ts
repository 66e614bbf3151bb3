/// <reference lib="dom" preserve="true" />
import type { Picture } from "../picture.js";
import { ownBuffer } from "./own-buffer.js";
import { rgba } from "./rgba.js";

/**
 * A picture without alpha as the browser decodes it, without its colour profile and without turning it. Chromium gives
 * Pillow's bytes for CMYK; that other browsers do was not measured.
 *
 * @throws DOMException if the browser cannot decode it
 */
export async function decodeInBrowser(bytes: Uint8Array, type: string): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([ownBuffer(bytes)], { type }), {
    colorSpaceConversion: "none",
    imageOrientation: "none",
    premultiplyAlpha: "none",
  });
  try {
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("this browser has no 2D canvas");
    context.drawImage(bitmap, 0, 0);
    return rgba(context.getImageData(0, 0, bitmap.width, bitmap.height));
  } finally {
    bitmap.close();
  }
}
