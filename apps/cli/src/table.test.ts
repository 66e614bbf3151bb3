import { describe, expect, it } from "vitest";
import { renderTable } from "./table.js";

describe("renderTable", () => {
  it("aligns columns, pads before painting and leaves no trailing space", () => {
    const text = renderTable(
      [
        {
          title: "name",
          align: "left",
          cell: (row: { name: string; count: number }) => row.name,
          paint: (cell) => `<${cell}>`,
        },
        { title: "n", align: "right", cell: (row) => String(row.count) },
      ],
      [
        { name: "a", count: 5 },
        { name: "longer", count: 123 },
      ],
    );
    expect(text.split("\n")).toEqual(["name      n", "──────  ───", "<a     >    5", "<longer>  123"]);
  });

  it("is only a header if there are no rows", () => {
    expect(renderTable([{ title: "x", align: "left", cell: () => "" }], [])).toBe("x\n─");
  });
});
