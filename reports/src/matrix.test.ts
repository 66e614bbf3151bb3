import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { matrixText, matrixUrl } from "./committed.js";

it("docs/matrix.md matches the reports", () => {
  expect(readFileSync(matrixUrl, "utf8")).toBe(matrixText());
});
