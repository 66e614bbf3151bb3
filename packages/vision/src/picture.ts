import { IsoconvError } from "@isoconv/core-spec";

/** The bands of a pixel, by Pillow's names: luminance or colours, and alpha where there is an A. */
export type PictureMode = "L" | "LA" | "RGB" | "RGBA";

/** Bytes of a pixel. */
export const bandsOf: Readonly<Record<PictureMode, 1 | 2 | 3 | 4>> = Object.freeze({ L: 1, LA: 2, RGB: 3, RGBA: 4 });

/** Pixels of one byte a band, row by row, without gaps: `height · width · bands` bytes. */
export interface Picture {
  readonly mode: PictureMode;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Width and height in pixels. */
export type PictureSize = Pick<Picture, "width" | "height">;

/** @throws IsoconvError `INVALID_SHAPE` unless the size is of whole pixels and the data fill it */
export function checkPicture({ mode, width, height, data }: Picture): void {
  if (!Object.hasOwn(bandsOf, mode)) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path: "picture.mode",
      what: "no such mode",
      expected: Object.keys(bandsOf).join(", "),
      received: mode,
    });
  }
  checkSize("picture", { width, height });
  const bytes = width * height * bandsOf[mode];
  if (data.length === bytes) return;
  throw new IsoconvError("INVALID_SHAPE", {
    path: "picture.data",
    what: "the data do not fill the picture",
    expected: `${bytes} bytes for ${width}×${height} pixels of ${mode}`,
    received: data.length,
  });
}

/** @throws IsoconvError `INVALID_SHAPE` unless both extents are counts of pixels */
export function checkSize(path: string, { width, height }: PictureSize): void {
  for (const [name, extent] of Object.entries({ width, height })) {
    if (Number.isInteger(extent) && extent >= 1 && extent <= LONGEST_SIDE) continue;
    throw new IsoconvError("INVALID_SHAPE", {
      path: `${path}.${name}`,
      what: "not a count of pixels",
      expected: `an integer from 1 to ${LONGEST_SIDE}`,
      received: extent,
    });
  }
}

/** The longest side of a JPEG; no network needs more. */
const LONGEST_SIDE = 65_535;
