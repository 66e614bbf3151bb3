import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { entryText, readmeText } from "./written.test.support.js";

// `npm run docs -w packages/backends` writes what these tests find out of date.

it.each(["node", "page"] as const)("the entry %s imports what the table says", async (host) => {
  await expect(entryText(host)).toMatchFileSnapshot(`./${host}.ts`);
});

it("the README's table is the table", async () => {
  const readme = fileURLToPath(new URL("../../../README.md", import.meta.url));
  await expect(readmeText(readFileSync(readme, "utf8"))).toMatchFileSnapshot(readme);
});
