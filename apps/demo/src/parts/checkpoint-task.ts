import { checkpointCounts, createModel, loadCheckpoint, recogniseCheckpoint } from "@isoconv/zoo";
import { inputSize } from "../engine/network.js";
import type { Handlers } from "../engine/serve.js";
import { arrangeFiles, readGivenWeights } from "../engine/weights-files.js";

/** So that the page is not told of every piece. */
const MILLISECONDS_BETWEEN_EVENTS = 100;

export const checkpoint: Handlers["checkpoint"] = async ({ wanted, files: given }, { signal, tell }) => {
  const files = await arrangeFiles(given);
  let told = performance.now();
  const onProgress = (loaded: number, total: number | undefined): void => {
    const now = performance.now();
    if (total === undefined || now - told < MILLISECONDS_BETWEEN_EVENTS) return;
    told = now;
    tell({ loaded, total });
  };
  const read = await readGivenWeights(files, { signal, onProgress });
  const model = createModel(wanted.model, inputSize(wanted));
  const counts = checkpointCounts(model, read);
  if (counts !== undefined) return { files, model: wanted.model, counts };
  const [other] = recogniseCheckpoint(read);
  if (other !== undefined) return { files, model: other.model, counts: other.options };
  // Throws an error that describes the file.
  loadCheckpoint(model, read);
  return { files, model: wanted.model, counts: { classes: model.classes, channels: inputSize(wanted).channels } };
};
