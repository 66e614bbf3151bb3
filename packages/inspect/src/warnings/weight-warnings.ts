import type { Parameters } from "@isoconv/core-spec";
import { OWN_FAMILY, publishedWeights, type Model } from "@isoconv/zoo";
import { describeNonFinite } from "./non-finite.js";
import type { Warning } from "./warning.js";

/** The largest number of tensors that are named one by one. */
const SHOWN = 3;

/** What is remarkable about the values of parameters. */
export function weightWarnings(parameters: Parameters): readonly Warning[] {
  const found = Object.entries(parameters).flatMap(([name, tensor]) => {
    const text = describeNonFinite(tensor);
    return text === undefined ? [] : [{ path: `parameters["${name}"]`, text }];
  });
  return found.slice(0, SHOWN).map(({ path, text }, index) => {
    const others =
      index === SHOWN - 1 && found.length > SHOWN ? `, and so in ${found.length - SHOWN} more tensors` : "";
    const message = `${text}${others}. The file may come from a training that diverged`;
    return { code: "NON_FINITE_WEIGHTS", path, message };
  });
}

/**
 * What is remarkable about a network that gets weights from a file: GoogLeNet's and Inception's published weights were
 * trained on images of another normalisation than those of the other networks.
 *
 * @param isTransformed whether the network was built with `transformInput`
 */
export function variantWarnings(model: Model, isTransformed: boolean): readonly Warning[] {
  const published = publishedWeights(model.name, {
    classes: model.classes,
    channels: Number(model.inputShape[1]),
  });
  if (isTransformed || model.family === OWN_FAMILY || published?.options.transformInput !== true) return [];
  return [
    {
      code: "UNTRANSFORMED_INPUT",
      path: "options.transformInput",
      message:
        "the published weights take images normalised to mean and deviation 0.5. " +
        "For images normalised as usual for ImageNet, set transformInput (--transform-input)",
    },
  ];
}
