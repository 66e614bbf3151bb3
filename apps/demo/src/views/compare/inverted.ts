import { float32 } from "@isoconv/core-spec";
import type { Image } from "../../engine/network.js";

/** Images with light and dark exchanged, as one that is chosen is where the reader wants it so. */
export function inverted({ shape, data }: Image): Image {
  return float32(
    shape,
    data.map((value) => 1 - value),
  );
}
