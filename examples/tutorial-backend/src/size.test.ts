import { readdir, readFile } from "node:fs/promises";
import { opNames } from "@isoconv/core-spec";
import { expect, it } from "vitest";

it("has 12 lines an operation", async () => {
  const files = (await readdir(import.meta.dirname)).filter((name) => !name.includes(".test."));
  const texts = await Promise.all(files.map((name) => readFile(`${import.meta.dirname}/${name}`, "utf8")));
  const lines = texts.reduce((sum, text) => sum + text.trimEnd().split("\n").length, 0);
  expect(files).toContain("index.ts");
  expect(lines).toBeLessThanOrEqual(12.5 * opNames.length);
});
