import type { ModelDefinition } from "./model.js";
import { lenetModels } from "./networks/d2l/lenet.js";
import { d2lResnetModels } from "./networks/d2l/resnet.js";
import { resnetModels } from "./networks/resnet.js";

/** Every network of the zoo, the oldest first. */
export const models: readonly ModelDefinition[] = Object.freeze(
  [...lenetModels, ...d2lResnetModels, ...resnetModels].map((definition) => Object.freeze(definition)),
);
