import { formatShape } from "@isoconv/core-spec";
import { listWeights } from "@isoconv/weights";
import { addressOf, checkReadable, namingFile, printRemarks } from "../../files.js";
import { printJson, printLine } from "../../print.js";
import { renderTable } from "../../table.js";

/** `isoconv weights inspect <file>`: lists the tensors of a file without reading their data. */
export async function inspectWeights(path: string, { json }: { readonly json: boolean }): Promise<void> {
  await checkReadable(path, "INVALID_WEIGHTS");
  const { format, metadata, remarks, tensors } = await namingFile(path, () => listWeights(path, addressOf(path)));
  const rows = [...tensors].map(([name, tensor]) => ({ name, ...tensor }));
  const totals = {
    tensors: rows.length,
    elements: rows.reduce((sum, { shape }) => sum + shape.reduce((count, extent) => count * extent, 1), 0),
    bytes: rows.reduce((sum, { byteLength }) => sum + byteLength, 0),
  };
  if (json) {
    printJson({ file: path, format, metadata, remarks, totals, tensors: rows });
    return;
  }
  const count = (value: number): string => value.toLocaleString("en");
  printRemarks(path, remarks);
  printLine(
    `${path}: ${format}, ${count(totals.tensors)} tensors, ${count(totals.elements)} elements, ${count(totals.bytes)} bytes`,
  );
  for (const [key, value] of Object.entries(metadata)) printLine(`${key}: ${value}`);
  const table = renderTable(
    [
      { title: "tensor", align: "left", cell: ({ name }) => name },
      { title: "dtype", align: "left", cell: ({ dtype }) => dtype },
      { title: "shape", align: "left", cell: ({ shape }) => formatShape(shape) },
      { title: "bytes", align: "right", cell: ({ byteLength }) => count(byteLength) },
    ],
    rows,
  );
  printLine(`\n${table}`);
}
