import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";

it("is under 400 lines", async () => {
  const files = (await readdir(import.meta.dirname)).filter((name) => !name.includes(".test."));
  const texts = await Promise.all(files.map((name) => readFile(`${import.meta.dirname}/${name}`, "utf8")));
  const lines = texts.reduce((sum, text) => sum + text.trimEnd().split("\n").length, 0);
  expect(files).toContain("index.ts");
  expect(lines).toBeLessThan(400);
});
