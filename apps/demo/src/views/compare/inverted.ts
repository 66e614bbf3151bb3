import { float32 } from "@isoconv/core-spec";
import type { Image } from "../../engine/network.js";

/** A batch with light and dark exchanged, as for a chosen image with Invert checked. */
export function inverted({ shape, data }: Image): Image {
  return float32(
    shape,
    data.map((value) => 1 - value),
  );
}
