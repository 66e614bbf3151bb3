import { createModel, drawingOf, formatSummary, modelSummary, renderSvg } from "@isoconv/zoo";
import type { NetworkDetails, ZooTasks } from "./zoo-tasks.js";

export async function zooNetwork({ model: name }: ZooTasks["zooNetwork"]["given"]): Promise<NetworkDetails> {
  const model = createModel(name);
  const summary = modelSummary(model);
  return { summary, markdown: formatSummary(summary, { format: "markdown" }), svg: renderSvg(drawingOf(model)) };
}
