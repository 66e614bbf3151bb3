import { bandsOf, checkPicture, type Picture, type PictureMode } from "./picture.js";

/**
 * A picture in another mode, as Pillow's `Image.convert` makes it: luminance is ITU-R 601-2 in 16-bit fixed point, alpha is
 * dropped without blending, and is 255 where there was none.
 *
 * @throws IsoconvError `INVALID_SHAPE` for a picture whose data do not fill it
 */
export function convertPicture(picture: Picture, mode: PictureMode): Picture {
  checkPicture(picture);
  if (picture.mode === mode) return picture;
  const { width, height, data } = picture;
  const [from, to] = [bandsOf[picture.mode], bandsOf[mode]];
  const [fromColours, toColours] = [from - (from % 2 === 0 ? 1 : 0), to - (to % 2 === 0 ? 1 : 0)];
  const converted = new Uint8Array(width * height * to);
  for (let read = 0, write = 0; write < converted.length; read += from, write += to) {
    if (fromColours === toColours) {
      for (let band = 0; band < toColours; band += 1) converted[write + band] = data[read + band];
    } else if (toColours === 1) {
      converted[write] = luminance(data[read], data[read + 1], data[read + 2]);
    } else {
      converted.fill(data[read], write, write + 3);
    }
    if (to !== toColours) converted[write + toColours] = from === fromColours ? 255 : data[read + fromColours];
  }
  return { mode, width, height, data: converted };
}

/** The weights are .299, .587 and .114 in units of 2⁻¹⁶. They sum to 1, so grey stays as it is. */
function luminance(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}
