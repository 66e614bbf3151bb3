import { pair } from "../list-attributes.js";

/** The attributes that conv2d and the pools share. */
export const strides = pair({ min: 1, default: [1, 1], doc: "Step of the window." });
export const dilations = pair({ min: 1, default: [1, 1], doc: "Distance between the window's taps." });
export const kernel = pair({ min: 1, doc: "Extent of the window." });
