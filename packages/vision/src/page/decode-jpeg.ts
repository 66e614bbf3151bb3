import { loadPeer, SerialQueue } from "@isoconv/core-spec";
import { jpegFrame } from "../file/picture-size.js";
import type { Picture } from "../picture.js";
import { decodeInBrowser } from "./decode-in-browser.js";
import { ownBuffer } from "./own-buffer.js";
import { rgba, type Rgba } from "./rgba.js";

interface JpegModule {
  readonly default: (buffer: ArrayBuffer) => Promise<Rgba>;
  readonly init: (options: { readonly printErr: (line: string) => void }) => Promise<void>;
}

const peer = {
  name: "@jsquash/jpeg",
  version: "1.6.0",
  load: async (): Promise<JpegModule> => import("@jsquash/jpeg/decode.js"),
};

/** One picture at a time, so that it is known which one libjpeg warns of. */
const queue = new SerialQueue();
let warnings: string[] = [];
let isStarted = false;

/** @throws Error if the file is damaged or cut off */
export async function decodeJpeg(bytes: Uint8Array): Promise<Picture> {
  // The wasm decoder knows grey and three colours.
  if (jpegFrame(bytes)?.components === 4) return decodeInBrowser(bytes, "image/jpeg");
  return queue.run(async () => {
    const module = await loadPeer(peer);
    if (!isStarted) await module.init({ printErr: (line) => warnings.push(line) });
    isStarted = true;
    warnings = [];
    try {
      const picture = rgba(await module.default(ownBuffer(bytes)));
      // libjpeg fills what is missing with grey; Pillow and sharp refuse it.
      const cutOff = warnings.find((line) => line.includes("Premature end"));
      if (cutOff !== undefined) throw new Error(cutOff);
      return picture;
    } catch (cause) {
      // An error of libjpeg ends its module.
      isStarted = false;
      throw warnings.length === 0 ? cause : new Error(warnings.join("; "), { cause });
    }
  });
}
