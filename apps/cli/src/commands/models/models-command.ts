import { createModel, modelSummary, models, pretrainedFor, type PretrainedWeights } from "@isoconv/zoo";
import { trainedFor } from "../../load-weights.js";
import { printJson, printLine } from "../../print.js";
import { renderTable } from "../../table.js";

/** `isoconv models`: lists every network with its figures at its default input size. */
export function listModels({ json }: { readonly json: boolean }): void {
  const rows = models.map(({ name, family, summary, source, minimumSize }) => {
    const model = createModel(name);
    const { parameters, macs } = modelSummary(model).totals;
    const { inputShape, classes } = model;
    const pretrained = pretrainedFor(name);
    return {
      name,
      family,
      summary,
      parameters,
      macs,
      inputShape,
      minimumSize,
      classes,
      mean: pretrained[0]?.preprocessing.mean ?? null,
      std: pretrained[0]?.preprocessing.std ?? null,
      trained: trainedFor(name)?.dataset ?? null,
      pretrained,
      source,
    };
  });
  if (json) {
    printJson(rows);
    return;
  }
  const count = (value: number): string => value.toLocaleString("en");
  const table = renderTable(
    [
      { title: "model", align: "left", cell: (row) => row.name },
      { title: "family", align: "left", cell: (row) => row.family },
      { title: "parameters", align: "right", cell: (row) => count(row.parameters) },
      { title: "MACs", align: "right", cell: (row) => count(row.macs) },
      { title: "input", align: "left", cell: (row) => row.inputShape.join("×") },
      { title: "ImageNet top-1", align: "left", cell: (row) => accuraciesOf(row.pretrained) },
      { title: "trained on", align: "left", cell: (row) => row.trained ?? "–" },
    ],
    rows,
  );
  printLine(table);
}

/** Top-1 accuracy in per cent of each set of weights that torchvision publishes. */
function accuraciesOf(pretrained: readonly PretrainedWeights[]): string {
  if (pretrained.length === 0) return "–";
  return pretrained.map(({ accuracy }) => accuracy.top1.toFixed(2)).join(", ");
}
