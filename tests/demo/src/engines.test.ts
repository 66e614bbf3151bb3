import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { site } from "./demo-page.test.support.js";

/** Engines without explicit resource management cannot parse the syntax, and the compiled form throws in them. */
const resourceManagement = /await using \w+ ?=|Symbol\.asyncDispose is not defined|using declarations can only be used/;

it("the built page needs no explicit resource management", async () => {
  const folder = join(site, "assets");
  const scripts = (await readdir(folder)).filter((name) => /\.m?js$/.test(name));
  expect(scripts.length).toBeGreaterThan(10);
  const texts = await Promise.all(
    scripts.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
  expect(texts.filter(([, text]) => resourceManagement.test(text)).map(([name]) => name)).toEqual([]);
});
