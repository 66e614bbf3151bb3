import { bandsOf, type Picture } from "../picture.js";

/** A picture whose colours are multiplied by alpha, so that transparent pixels do not colour their neighbours. */
export function premultiplied(picture: Picture): Picture {
  return mapColours(picture, (colour, alpha) => {
    const product = colour * alpha + 128;
    return ((product >> 8) + product) >> 8;
  });
}

/** The inverse of {@link premultiplied}, as far as bytes allow. */
export function unpremultiplied(picture: Picture): Picture {
  return mapColours(picture, (colour, alpha) =>
    alpha === 0 ? colour : Math.min(255, Math.trunc((255 * colour) / alpha)),
  );
}

function mapColours(picture: Picture, change: (colour: number, alpha: number) => number): Picture {
  const bands = bandsOf[picture.mode];
  const data = Uint8Array.from(picture.data);
  for (let at = 0; at < data.length; at += bands) {
    const alpha = data[at + bands - 1];
    for (let band = at; band < at + bands - 1; band += 1) data[band] = change(data[band], alpha);
  }
  return { ...picture, data };
}
