import { bandsOf, type Picture } from "../picture.js";
import { blocksOf, findBlock } from "./blocks.js";
import type { PictureFormat } from "./picture-format.js";

/** EXIF's orientation of the stored rows and columns: 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Where each format keeps its EXIF data. */
const places: Readonly<Record<PictureFormat, RegExp | undefined>> = {
  jpeg: /^e1$/,
  png: /^eXIf$/,
  webp: /^EXIF$/,
  gif: undefined,
};

const PREFIX = "Exif\0\0";
const ORIENTATION = 0x0112;
const SHORT = 3;

/** The orientation in a file's EXIF data; 1 if there are none, or none that can be read. */
export function orientationOf(format: PictureFormat, bytes: Uint8Array): Orientation {
  const place = places[format];
  if (place === undefined) return 1;
  const blocks = [...blocksOf(format, bytes)];
  const prefixed = findBlock(blocks, place, PREFIX.length + 8, PREFIX)?.data;
  if (prefixed !== undefined) return orientationIn(prefixed, PREFIX.length);
  const plain = format === "jpeg" ? undefined : findBlock(blocks, place, 8)?.data;
  return plain === undefined ? 1 : orientationIn(plain, 0);
}

/** Looks through the first directory of TIFF's structure, which starts at `start`. */
function orientationIn(exif: DataView, start: number): Orientation {
  const order = exif.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const isLittle = order === 0x4949;
  const directory = start + exif.getUint32(start + 4, isLittle);
  if (directory + 2 > exif.byteLength) return 1;
  const count = exif.getUint16(directory, isLittle);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > exif.byteLength) return 1;
    if (exif.getUint16(at, isLittle) !== ORIENTATION || exif.getUint16(at + 2, isLittle) !== SHORT) continue;
    const value = exif.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

/** A picture as it is to be seen. */
export function upright(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const bands = bandsOf[picture.mode];
  const isTurned = orientation >= 5;
  const isMirrored = { x: [2, 3, 7, 8].includes(orientation), y: [3, 4, 6, 7].includes(orientation) };
  const [width, height] = isTurned ? [picture.height, picture.width] : [picture.width, picture.height];
  const data = new Uint8Array(picture.data.length);
  for (let y = 0, write = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, write += bands) {
      const [column, row] = isTurned ? [y, x] : [x, y];
      const fromX = isMirrored.x ? picture.width - 1 - column : column;
      const fromY = isMirrored.y ? picture.height - 1 - row : row;
      const read = (fromY * picture.width + fromX) * bands;
      for (let band = 0; band < bands; band += 1) data[write + band] = picture.data[read + band];
    }
  }
  return { mode: picture.mode, width, height, data };
}
