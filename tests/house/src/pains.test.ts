import { expect, it } from "vitest";
import { readText } from "./repository.test.support.js";

const rows = readText("docs/pains.md")
  .split("\n")
  .filter((line) => /^\| (?!-|complaint)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

it("docs/pains.md has fifteen complaints, each with its threads", () => {
  expect(rows).toHaveLength(15);
  expect(rows.filter(([, complaint, threads = ""]) => complaint === "" || !/\d/.test(threads))).toEqual([]);
});

/** Whether the files that they link to exist is a test of all documents: links.test.ts. */
it.each(rows)("the answer to this complaint links to a test or a page, or says not yet: %s%s", (...row) => {
  expect(row.at(3)).toMatch(/\]\([^)]+\)|\bnot yet\b/);
});
