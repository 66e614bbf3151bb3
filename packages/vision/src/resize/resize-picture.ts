import { checkOptions, inDomain, IsoconvError, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { bandsOf, checkPicture, checkSize, type Picture, type PictureSize } from "../picture.js";
import { coefficientsOf, FRACTION_BITS, type Coefficients } from "./coefficients.js";
import { kernels, type ResizeFilter } from "./filters.js";
import { premultiplied, unpremultiplied } from "./premultiplied.js";

/** The sides of a part of a picture, in pixels from its left upper corner; fractions are allowed. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface ResizeOptions {
  /** Pillow's `resample`; `"bicubic"` by default, as there. */
  readonly filter?: ResizeFilter | undefined;
  /** The part of the picture that is resized; all of it by default. */
  readonly box?: Box | undefined;
}

const resizeOptions: KnownOptions<ResizeOptions> = {
  known: {
    filter: optionChecks.oneOf(Object.keys(kernels)),
    box: inDomain(
      "four numbers: left, top, right, bottom",
      (value) => Array.isArray(value) && value.length === 4 && value.every(Number.isFinite),
    ),
  },
};

/**
 * Resizes a picture, with the bytes of Pillow's `Image.resize`, versions 9.4 to 12: each result is a sum of the pixels that it
 * covers, weighted by the filter, so that a smaller picture is antialiased. Pillow 13 passes over rows before columns for some
 * tall pictures, and differs there.
 *
 * @throws IsoconvError `INVALID_SHAPE` for a size that is not of whole pixels, a picture whose data do not fill it or a box
 *   outside it; `INVALID_ATTRIBUTE` for options that there are not
 */
export function resizePicture(picture: Picture, size: PictureSize, options: ResizeOptions = {}): Picture {
  checkPicture(picture);
  checkSize("size", size);
  checkOptions(options, resizeOptions);
  const { filter = "bicubic" } = options;
  const [left, top, right, bottom] = boxWithin(picture, options.box);
  const isPart = { x: left !== 0 || right !== picture.width, y: top !== 0 || bottom !== picture.height };
  const isChanged = {
    x: isPart.x || size.width !== picture.width,
    y: isPart.y || size.height !== picture.height,
  };
  if (!isChanged.x && !isChanged.y) return picture;
  const hasAlpha = picture.mode === "LA" || picture.mode === "RGBA";
  let resized = hasAlpha ? premultiplied(picture) : picture;
  const rows = coefficientsOf(picture.height, [top, bottom], size.height, filter);
  if (isChanged.x) {
    resized = resizeColumns(resized, coefficientsOf(picture.width, [left, right], size.width, filter), rows);
  }
  if (isChanged.y) resized = resizeRows(resized, rows);
  return hasAlpha ? unpremultiplied(resized) : resized;
}

function boxWithin({ width, height }: PictureSize, given: Box | undefined): Box {
  if (given === undefined) return [0, 0, width, height];
  const [left, top, right, bottom] = given;
  if (left < 0 || top < 0 || right > width || bottom > height || right <= left || bottom <= top) {
    throw new IsoconvError("INVALID_SHAPE", {
      path: "options.box",
      what: "the box is not a part of the picture",
      expected: `0 ≤ left < right ≤ ${width} and 0 ≤ top < bottom ≤ ${height}`,
      received: given,
    });
  }
  // Pillow keeps the box in single precision.
  return [Math.fround(left), Math.fround(top), Math.fround(right), Math.fround(bottom)];
}

/** Half a byte's step in units of 2⁻²²: sums start with it, so that they are rounded. */
const HALF = 2 ** (FRACTION_BITS - 1);

function toByte(sum: number): number {
  const byte = sum >> FRACTION_BITS;
  return byte < 0 ? 0 : byte > 255 ? 255 : byte;
}

/** Resizes along x. Rows that `rows` does not need stay black. */
function resizeColumns(picture: Picture, columns: Coefficients, rows: Coefficients): Picture {
  const bands = bandsOf[picture.mode];
  const { data } = picture;
  const { first, count, weights } = columns;
  const width = first.length;
  const resized = new Uint8Array(width * picture.height * bands);
  const last = rows.first.length - 1;
  const end = rows.first[last] + rows.count[last];
  let write = rows.first[0] * width * bands;
  for (let y = rows.first[0]; y < end; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const start = (y * picture.width + first[x]) * bands;
      const from = x * columns.width;
      const to = from + count[x];
      for (let band = 0; band < bands; band += 1) {
        let sum = HALF;
        for (let k = from, at = start + band; k < to; k += 1, at += bands) {
          sum = (sum + Math.imul(data[at], weights[k])) | 0;
        }
        resized[write] = toByte(sum);
        write += 1;
      }
    }
  }
  return { ...picture, width, data: resized };
}

/** Resizes along y, a row of sums at a time. */
function resizeRows(picture: Picture, rows: Coefficients): Picture {
  const { data } = picture;
  const pitch = picture.width * bandsOf[picture.mode];
  const height = rows.first.length;
  const resized = new Uint8Array(pitch * height);
  const sums = new Int32Array(pitch);
  for (let y = 0; y < height; y += 1) {
    sums.fill(HALF);
    for (let k = 0; k < rows.count[y]; k += 1) {
      const weight = rows.weights[y * rows.width + k];
      const start = (rows.first[y] + k) * pitch;
      for (let column = 0; column < pitch; column += 1) sums[column] += Math.imul(data[start + column], weight);
    }
    for (let column = 0; column < pitch; column += 1) resized[y * pitch + column] = toByte(sums[column]);
  }
  return { ...picture, height, data: resized };
}
