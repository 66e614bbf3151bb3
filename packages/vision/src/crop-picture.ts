import { bandsOf, checkPicture, checkSize, type Picture, type PictureSize } from "./picture.js";

/**
 * The centre of a picture, as torchvision's `center_crop` cuts it: half pixels round to even, as Python's `round` does. Where the
 * picture is smaller, black (transparent, in modes with alpha) is added around it.
 *
 * @throws IsoconvError `INVALID_SHAPE` for a size that is not of whole pixels, or a picture whose data do not fill it
 */
export function cropCentre(picture: Picture, size: PictureSize): Picture {
  checkPicture(picture);
  checkSize("size", size);
  if (picture.width === size.width && picture.height === size.height) return picture;
  const [x, y] = [offsetOf(picture.width, size.width), offsetOf(picture.height, size.height)];
  const bands = bandsOf[picture.mode];
  const data = new Uint8Array(size.width * size.height * bands);
  const left = Math.max(0, x);
  const length = Math.min(picture.width, x + size.width) - left;
  for (let row = Math.max(0, -y); row < size.height && row + y < picture.height; row += 1) {
    const from = ((row + y) * picture.width + left) * bands;
    data.set(picture.data.subarray(from, from + length * bands), (row * size.width + left - x) * bands);
  }
  return { ...picture, ...size, data };
}

/** Where the crop starts along one axis; negative if it starts before the picture. */
function offsetOf(extent: number, size: number): number {
  return size > extent ? -Math.floor((size - extent) / 2) : roundHalfToEven((extent - size) / 2);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}
