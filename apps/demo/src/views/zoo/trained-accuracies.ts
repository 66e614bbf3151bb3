import { trainedWeights } from "@isoconv/zoo/trained-weights";
import { fetchFile } from "../../engine/fetch-file.js";
import type { Accuracy, TrainedAccuracies } from "./catalogue-row.js";

/** Reads the accuracy of the weights that come with the zoo from their metadata. */
export async function fetchTrainedAccuracies(): Promise<TrainedAccuracies> {
  const known = await Promise.all(
    trainedWeights.map(async ({ model, metadata, dataset }): Promise<readonly [string, Accuracy][]> => {
      const top1 = topOne(await (await fetchFile(metadata)).json());
      return top1 === undefined ? [] : [[model, { top1: 100 * top1, dataset, weights: dataset }]];
    }),
  );
  return new Map(known.flat());
}

function topOne(metadata: unknown): number | undefined {
  const accuracy = property(metadata, "accuracy");
  const top1 = property(accuracy, "top1");
  return typeof top1 === "number" ? top1 : undefined;
}

function property(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}
