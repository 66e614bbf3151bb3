import { pair } from "../list-attributes.js";

/** The attributes that conv2d and the pools share. */
export const strides = pair({ min: 1, default: [1, 1] });
export const dilations = pair({ min: 1, default: [1, 1] });
export const kernel = pair({ min: 1 });

export const windowDocs = {
  strides: "Step of the window.",
  dilations: "Distance between the window's taps.",
  kernel: "Extent of the window.",
} as const;
