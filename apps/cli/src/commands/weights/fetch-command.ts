import { stat } from "node:fs/promises";
import type { PretrainedFile } from "@isoconv/zoo";
import { fetchWithProgress } from "../../pretrained.js";
import { printJson, printLine } from "../../print.js";
import type { Progress } from "../../progress.js";

export interface FetchOptions {
  /** The name of the weights, such as `IMAGENET1K_V1`. */
  readonly weights: string | undefined;
  readonly format: PretrainedFile["format"] | undefined;
  readonly offline: boolean;
  readonly json: boolean;
}

/** `isoconv weights fetch <model>`: downloads published weights into the cache, and prints where they are. */
export async function fetchWeights(model: string, options: FetchOptions, progress: Progress): Promise<void> {
  const { weights: name, format, offline, json } = options;
  const request = { weights: name, formats: format === undefined ? undefined : [format] };
  // Left out, the variable decides.
  const { weights, file, path } = await fetchWithProgress(model, offline ? { ...request, offline } : request, progress);
  const { size } = await stat(path);
  progress.done();
  if (json) {
    const { preprocessing, accuracy, classes } = weights;
    printJson({ model, weights: weights.name, file: path, bytes: size, ...file, classes, preprocessing, accuracy });
  } else {
    printLine(`${model} ${weights.name}, ${file.format}, ${size.toLocaleString("en")} bytes\n${path}`);
  }
}
