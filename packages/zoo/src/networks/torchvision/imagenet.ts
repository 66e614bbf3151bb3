import type { NetworkOptions } from "../../model.js";

/** A thousand classes of colour images of 224×224, on which torchvision's networks are trained. */
export const IMAGENET: NetworkOptions = Object.freeze({ classes: 1000, channels: 3, height: 224, width: 224 });
