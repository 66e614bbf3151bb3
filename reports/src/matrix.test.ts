import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { matrixText, matrixUrl } from "./committed.js";

it("docs/matrix.md says what the reports say", () => {
  expect(readFileSync(matrixUrl, "utf8")).toBe(matrixText());
});
