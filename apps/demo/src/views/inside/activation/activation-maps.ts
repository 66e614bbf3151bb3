/** The pooled value of one image. */
export interface PooledMaps {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/**
 * One map for each class: the pooled maps, weighted by the last layer's weights. The mean of a class's map plus its
 * bias is its logit.
 *
 * @param weights `[classes, channels]`, row-major; if absent, the maps are already one for each class
 */
export function activationMaps(
  { channels, height, width, data }: PooledMaps,
  weights: Float32Array | undefined,
): Float32Array {
  if (weights === undefined) return data.slice();
  const [area, classes] = [height * width, weights.length / channels];
  const maps = new Float32Array(classes * area);
  for (let one = 0; one < classes; one += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const weight = weights[one * channels + channel] ?? 0;
      for (let at = 0; at < area; at += 1) {
        maps[one * area + at] = (maps[one * area + at] ?? 0) + weight * (data[channel * area + at] ?? 0);
      }
    }
  }
  return maps;
}
