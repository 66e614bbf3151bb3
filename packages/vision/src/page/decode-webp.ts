import { loadPeer } from "@isoconv/core-spec";
import { firstFrame } from "../file/still-webp.js";
import type { Picture } from "../picture.js";
import { ownBuffer } from "./own-buffer.js";
import { rgba, type Rgba } from "./rgba.js";

interface WebpModule {
  readonly default: (buffer: ArrayBuffer) => Promise<Rgba>;
}

const peer = {
  name: "@jsquash/webp",
  version: "1.5.0",
  load: async (): Promise<WebpModule> => import("@jsquash/webp/decode.js"),
};

/** @throws Error if the file is damaged or cut off */
export async function decodeWebp(bytes: Uint8Array): Promise<Picture> {
  const { default: decode } = await loadPeer(peer);
  const frame = firstFrame(bytes);
  if (frame === undefined) return rgba(await decode(ownBuffer(bytes)));
  const { width, height, data } = await decode(ownBuffer(frame.file));
  const { canvas, left, top } = frame;
  if (left + width > canvas.width || top + height > canvas.height)
    throw new Error("the first frame leaves the picture");
  const placed = new Uint8Array(canvas.width * canvas.height * 4);
  for (let row = 0; row < height; row += 1) {
    placed.set(data.subarray(row * width * 4, (row + 1) * width * 4), ((top + row) * canvas.width + left) * 4);
  }
  return { mode: "RGBA", ...canvas, data: placed };
}
