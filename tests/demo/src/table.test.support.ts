import type { Locator } from "playwright";

/** The texts of the cells in a table's body, row by row. */
export async function bodyOf(table: Locator): Promise<readonly (readonly string[])[]> {
  const rows = await table.locator("tbody").getByRole("row").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
}

/** The texts of one row's cells by column header, once the row is shown. */
export async function rowOf(table: Locator, name: string | RegExp): Promise<Readonly<Record<string, string>>> {
  const row = table.getByRole("row", { name });
  await row.waitFor();
  const [heads, cells] = await Promise.all([
    table.getByRole("columnheader").allInnerTexts(),
    row.locator("th, td").allInnerTexts(),
  ]);
  return Object.fromEntries(heads.map((head, index) => [head, cells[index]]));
}
