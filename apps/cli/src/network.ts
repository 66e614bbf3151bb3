import { createModel, findModel, type Model, type ModelOptions } from "@isoconv/zoo";
import { isOwnNetwork, readOwnNetwork } from "./own-network.js";
import { DILATIONS, type OutputStride } from "./output-stride.js";
import { UsageError } from "./usage-error.js";

/** What a command asks of a network beside its size. */
export interface NetworkExtras extends Pick<ModelOptions, "features" | "transformInput"> {
  readonly outputStride?: OutputStride | undefined;
}

/**
 * The network for images of the given shape: one of the zoo, or one from a file. Absent extents are the
 * network's defaults.
 */
export async function modelFor(
  name: string,
  shape: readonly number[] | undefined,
  classes: number | undefined,
  { outputStride, ...extras }: NetworkExtras = {},
): Promise<Model> {
  const [, channels, height, width] = shape ?? [];
  const options: { -readonly [K in keyof ModelOptions]: ModelOptions[K] } = { ...extras };
  if (channels !== undefined) options.channels = channels;
  if (height !== undefined) options.height = height;
  if (width !== undefined) options.width = width;
  if (classes !== undefined) options.classes = classes;
  if (isOwnNetwork(name)) {
    const { transformInput, ...wanted } = options;
    if (transformInput === true) {
      throw new UsageError(`--transform-input is an option of GoogLeNet and Inception v3, not of ${name}`);
    }
    if (outputStride !== undefined) throw new UsageError(`--output-stride is an option of ResNets, not of ${name}`);
    return readOwnNetwork(name, wanted);
  }
  if (outputStride !== undefined) options.replaceStrideWithDilation = DILATIONS[outputStride];
  return createModel(findModel(name).name, options);
}
