import { readWeights } from "@isoconv/weights";
import { checkpointCounts, createModel, loadCheckpoint, recogniseCheckpoint } from "@isoconv/zoo";
import { inputSize } from "../engine/network.js";
import type { Handlers } from "../engine/serve.js";

export const checkpoint: Handlers["checkpoint"] = async ({ wanted, name, file }) => {
  const read = await readWeights(name, file);
  const model = createModel(wanted.model, inputSize(wanted));
  const counts = checkpointCounts(model, read);
  if (counts !== undefined) return { model: wanted.model, counts };
  const [other] = recogniseCheckpoint(read);
  if (other !== undefined) return { model: other.model, counts: other.options };
  // Throws an error that describes the file.
  loadCheckpoint(model, read);
  return { model: wanted.model, counts: { classes: model.classes, channels: inputSize(wanted).channels } };
};
