import { readPicture } from "@isoconv/vision/page";
import type { Handlers } from "../engine/serve.js";
import { forCanvas, thumbnailOf } from "./picture.js";

export const picture: Handlers["picture"] = async ({ name, file, longestSide }, { move }) => {
  const read = forCanvas(await readPicture(name, file));
  const thumbnail = thumbnailOf(read, longestSide);
  for (const buffer of new Set([read.data.buffer, thumbnail.data.buffer])) move(buffer);
  return { picture: read, thumbnail };
};
