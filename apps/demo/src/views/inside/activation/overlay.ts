import type { Picture } from "../../../parts/picture.js";
import { colorAt, symmetric } from "../maps/color-scale.js";

/** Largest opacity of the overlay, so that the image stays visible. */
const MOST_OPAQUE = 0.75;

/** A signed map as a picture to lay over another: red is positive, blue negative, larger magnitudes more opaque. */
export function overlayOf(map: Float32Array, height: number, width: number): Picture {
  const most = map.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const scale = symmetric(most);
  const data = new Uint8ClampedArray(4 * map.length);
  const pixels = new Uint32Array(data.buffer);
  for (const [index, value] of map.entries()) {
    const opacity = most === 0 ? 0 : Math.round(255 * MOST_OPAQUE * (Math.abs(value) / most));
    // Uses only the ends of the colour scale, since opacity already makes weak evidence pale.
    const strong = colorAt(scale, Math.sign(value) * most * 0.8);
    pixels[index] = ((strong & 0xffffff) | (opacity << 24)) >>> 0;
  }
  return { width, height, data };
}
