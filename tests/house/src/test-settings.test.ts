import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { readText, root, workspaces } from "./repository.test.support.js";

const tested = workspaces().filter((folder) => readText(`${folder}/package.json`).includes('"test":'));

it.each(tested)("the tests of %s take their limits from vitest.shared.ts", (folder) => {
  expect(readText(`${folder}/package.json`)).toContain('"test": "vitest run"');
  const config = `${folder}/vitest.config.ts`;
  expect(existsSync(`${root}${config}`)).toBe(true);
  expect(readText(config)).toContain("vitest.shared.js");
  expect(readText(config)).not.toMatch(/Timeout/);
});
