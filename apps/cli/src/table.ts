/** One column of a text table. */
export interface Column<R> {
  readonly title: string;
  readonly align: "left" | "right";
  readonly cell: (row: R) => string;
  /** Decorates the padded cell, for example with colour. */
  readonly paint?: (text: string, row: R) => string;
}

/** Rows as aligned text, columns two spaces apart. */
export function renderTable<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...cells.map((line) => (line[i] ?? "").length)),
  );
  const pad = (text: string, i: number): string => {
    const width = widths[i] ?? 0;
    return columns[i]?.align === "right" ? text.padStart(width) : text.padEnd(width);
  };
  const header = columns.map((column, i) => pad(column.title, i)).join("  ");
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const lines = rows.map((row, r) =>
    columns.map((column, i) => (column.paint ?? identity)(pad(cells[r]?.[i] ?? "", i), row)).join("  "),
  );
  return [header, rule, ...lines].map((line) => line.trimEnd()).join("\n");
}

function identity(text: string): string {
  return text;
}
