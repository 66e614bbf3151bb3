import { availabilityOf, backends } from "./backends.js";
import { thisMachine } from "./machine.js";
import { colors, printJson, printLine } from "./print.js";
import { renderTable } from "./table.js";

/** `isoconv doctor`: which backends run here, and why not. */
export async function doctor({ json }: { readonly json: boolean }): Promise<void> {
  const machine = thisMachine();
  const rows = await Promise.all(backends.map(availabilityOf));
  if (json) {
    printJson({ machine, backends: rows });
    return;
  }
  printLine(`${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}\n`);
  const table = renderTable(
    [
      { title: "backend", align: "left", cell: (row) => row.backend },
      {
        title: "available",
        align: "left",
        cell: (row) => (row.available ? "yes" : "no"),
        paint: (text, row) => (row.available ? colors.green(text) : colors.red(text)),
      },
      {
        title: "runtime",
        align: "left",
        cell: (row) => (row.available ? `${row.runtime.name} ${row.runtime.version}` : row.reason),
      },
      { title: "threads", align: "right", cell: (row) => (row.available ? String(row.threads) : "–") },
      { title: "arithmetic", align: "left", cell: (row) => (row.available ? row.arithmetic : "–") },
      { title: "NaN and ∞", align: "left", cell: (row) => (row.available ? row.nonFinite : "–") },
    ],
    rows,
  );
  printLine(table);
}
