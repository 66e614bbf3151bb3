import { createModel, findModel } from "../create-model.js";
import type { Model, NetworkOptions } from "../model.js";
import { storedShapes } from "./adapt-checkpoint.js";

/** The options with which a network was built, as far as its shapes tell. */
export function optionsOf({ classes, inputShape }: Model): NetworkOptions {
  const [, channels = 0, height = 0, width = 0] = inputShape.map(Number);
  return { classes, channels, height, width };
}

/**
 * The axis that grows with an option, of each parameter of the network that has one: of the head's with `classes`, of the
 * first layer's with `channels`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a network that is not of the zoo
 */
export function axesByOption(model: Model, option: "classes" | "channels"): ReadonlyMap<string, number> {
  const own = optionsOf(model);
  const auxiliary = findModel(model.name).variants?.includes("auxiliary") ?? false;
  const shapesWith = (options: NetworkOptions): ReturnType<typeof storedShapes> =>
    storedShapes(createModel(model.name, { ...options, auxiliary }).parameters);
  const usual = shapesWith(own);
  const more = shapesWith({ ...own, [option]: own[option] + 1 });
  const names = model.parameters.map(({ name }) => name);
  const axes = names.map((name): [string, number] => [
    name,
    usual.get(name)?.findIndex((extent, axis) => extent !== more.get(name)?.[axis]) ?? -1,
  ]);
  return new Map(axes.filter(([, axis]) => axis !== -1));
}
