export { convertPicture } from "./convert-picture.js";
export { cropCentre } from "./crop-picture.js";
export type { Picture, PictureMode, PictureSize } from "./picture.js";
export { fitPicture, normalisePicture, preprocess, type Normalisation } from "./preprocess.js";
export type { ResizeFilter } from "./resize/filters.js";
export { resizePicture, type Box, type ResizeOptions } from "./resize/resize-picture.js";
