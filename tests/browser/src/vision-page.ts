import { isIsoconvError } from "@isoconv/core-spec";
import type { PictureMode } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/page";

/** What a page read. */
export interface ReadInPage {
  readonly width: number;
  readonly height: number;
  /** Of the pixels, by mode. */
  readonly sha256: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    /** The bytes of a picture in RGB. */
    pixelsIn?: (file: string, base64: string) => Promise<number[]>;
    /** Reads a picture in several modes, or returns the error's message. */
    readIn?: (file: string, base64: string, modes: readonly PictureMode[]) => Promise<ReadInPage | string>;
  }
}

window.pixelsIn = async (file, base64) => [...(await readPicture(file, await blobOf(base64))).data];

window.readIn = async (file, base64, modes) => {
  const blob = await blobOf(base64);
  try {
    const pictures = await Promise.all(modes.map((mode) => readPicture(file, blob, { mode })));
    const hashes = pictures.map(async ({ mode, data }) => [mode, await sha256(Uint8Array.from(data))] as const);
    const [{ width, height }] = pictures;
    return { width, height, sha256: Object.fromEntries(await Promise.all(hashes)) };
  } catch (error) {
    if (isIsoconvError(error)) return error.message;
    throw error;
  }
};

async function blobOf(base64: string): Promise<Blob> {
  return (await fetch(`data:application/octet-stream;base64,${base64}`)).blob();
}

async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
