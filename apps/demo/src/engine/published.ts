import { float32 } from "@isoconv/core-spec";
import { publishedWeights, type Preprocessing, type PretrainedWeights } from "@isoconv/zoo";
import type { Image, NetworkChoice } from "./network.js";

/**
 * The published weights that a file is assumed to be: those of the network, if it has the same number of classes and
 * channels. Only the network's options, the normalisation and the class names are used, which all versions share.
 */
export function publishedFor({ model, layers, weights }: Omit<NetworkChoice, "size">): PretrainedWeights | undefined {
  if (layers !== undefined || weights.kind !== "file") return undefined;
  return weights.counts === undefined ? undefined : publishedWeights(model, weights.counts);
}

/** `(value − mean) / std` of each channel. */
export function normalise({ shape, data }: Image, { mean, std }: Pick<Preprocessing, "mean" | "std">): Image {
  const [, channels = 1] = shape;
  const area = data.length / channels;
  return float32(
    shape,
    data.map((value, index) => {
      const channel = Math.trunc(index / area);
      return (value - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    }),
  );
}
