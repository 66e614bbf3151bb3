import { createModel, modelSummary, models } from "@isoconv/zoo";
import { trainedFor } from "./network.js";
import { printJson, printLine } from "./print.js";
import { renderTable } from "./table.js";

/** `isoconv models`: every network with its figures at its own input size. */
export function listModels({ json }: { readonly json: boolean }): void {
  const rows = models.map(({ name, family, summary, source }) => {
    const model = createModel(name);
    const { parameters, macs } = modelSummary(model).totals;
    const { inputShape, classes } = model;
    return {
      name,
      family,
      summary,
      parameters,
      macs,
      inputShape,
      classes,
      trained: trainedFor(name)?.dataset ?? null,
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
      { title: "trained on", align: "left", cell: (row) => row.trained ?? "–" },
    ],
    rows,
  );
  printLine(table);
}
