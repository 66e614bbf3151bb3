import { loadPeer } from "@isoconv/core-spec";
import { pngHeader } from "../file/picture-size.js";
import { bytesOfSamples } from "../file/sixteen-bits.js";
import type { Picture } from "../picture.js";
import { ownBuffer } from "./own-buffer.js";
import { rgba, type Rgba } from "./rgba.js";

interface PngModule {
  readonly decode: {
    (buffer: ArrayBuffer): Promise<Rgba>;
    (
      buffer: ArrayBuffer,
      options: { readonly bitDepth: 16 },
    ): Promise<Omit<Rgba, "data"> & { readonly data: Uint16Array }>;
  };
}

const peer = {
  name: "@jsquash/png",
  version: "3.1.1",
  load: async (): Promise<PngModule> => import("@jsquash/png/decode.js"),
};

const GREY = 0;

/** @throws Error if the file is damaged or cut off */
export async function decodePng(bytes: Uint8Array): Promise<Picture> {
  const { decode } = await loadPeer(peer);
  const header = pngHeader(bytes);
  if (header?.depth !== 16 || header.colourType !== GREY) return rgba(await decode(ownBuffer(bytes)));
  const { width, height, data } = await decode(ownBuffer(bytes), { bitDepth: 16 });
  const grey = Uint16Array.from({ length: width * height }, (_, pixel) => data[4 * pixel]);
  return { mode: "L", width, height, data: bytesOfSamples(grey, "L") };
}
