import { mobilenetV2 } from "@isoconv/mobilenet-v2";
import { imagenetClasses } from "@isoconv/zoo";
import { fetchFile } from "../../engine/fetch-file.js";
import type { WeightsFiles } from "../../engine/weights-files.js";
import type { GivenWeights } from "../../parts/subject.js";

/** The address of the weights' licence. */
export const weightsLicence: string = mobilenetV2.licence.href;

let fetched: Promise<GivenWeights> | undefined;

/** The weights that come with the page, fetched once. A failure is not kept. */
export async function packagedWeights(): Promise<GivenWeights> {
  fetched ??= fetchWeights();
  try {
    return await fetched;
  } catch (error) {
    fetched = undefined;
    throw error;
  }
}

async function fetchWeights(): Promise<GivenWeights> {
  const file = await (await fetchFile(mobilenetV2.weights)).blob();
  const files: WeightsFiles = { name: `${mobilenetV2.model}.safetensors`, file, others: [] };
  return { files, model: mobilenetV2.model, counts: { classes: imagenetClasses.length, channels: 3 } };
}
