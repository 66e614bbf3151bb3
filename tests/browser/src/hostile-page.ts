import { elementCount, isIsoconvError } from "@isoconv/core-spec";
import { readPicture } from "@isoconv/vision/page";
import { readWeights } from "@isoconv/weights";

/** A file on its way to the page. */
export interface SentFile {
  readonly name: string;
  readonly base64: string;
}

/** How many files the page read or refused, and what it should not have done. */
export interface HostileOutcomes {
  readonly accepted: number;
  readonly refused: number;
  /** Of files that gave something that they do not have, or an error without a type. */
  readonly defects: readonly (SentFile & { readonly error: string })[];
}

/** What reads the files. */
export type Reader = keyof typeof readers;

declare global {
  interface Window {
    /**
     * Reads mutated files one after another.
     *
     * @param siblings the other files of models in parts
     */
    readMutated?: (
      reader: Reader,
      files: readonly SentFile[],
      siblings: readonly SentFile[],
    ) => Promise<HostileOutcomes>;
  }
}

const CODES: readonly string[] = ["INVALID_FILE", "INVALID_WEIGHTS", "INVALID_DTYPE"];
/** A header may claim as much, and the decoder allocates as much. */
const MOST_PIXELS = 2 ** 20;

const readers = {
  async weights(name: string, bytes: Uint8Array, siblings: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const { tensors } = await readWeights(name, bytes, { sibling: (path) => siblings.get(path) });
    for (const tensor of tensors.values()) {
      const bits = tensor.dtype === "BOOL" ? 8 : Number(/\d+/.exec(tensor.dtype)?.[0]);
      if (8 * tensor.bytes().byteLength !== elementCount(tensor.shape) * bits)
        throw new Error("bytes for another shape");
    }
  },
  async pictures(name: string, bytes: Uint8Array): Promise<void> {
    const { width, height, data } = await readPicture(name, bytes, { maxPixels: MOST_PIXELS });
    if (data.length !== 3 * width * height) throw new Error("pixels for another size");
  },
};

window.readMutated = async (reader, files, siblings) => {
  const others = new Map(siblings.map(({ name, base64 }) => [name, bytesOf(base64)]));
  const defects: (SentFile & { readonly error: string })[] = [];
  let [accepted, refused] = [0, 0];
  for (const file of files) {
    try {
      await readers[reader](file.name, bytesOf(file.base64), others);
      accepted += 1;
    } catch (error) {
      if (isIsoconvError(error) && CODES.includes(error.code)) refused += 1;
      else defects.push({ ...file, error: String(error) });
    }
  }
  return { accepted, refused, defects };
};

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
