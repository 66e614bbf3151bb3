import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { hasBrowser, testPages } from "./pages.test.support.js";

const folder = fileURLToPath(new URL("../../../docs/repro/tfjs-webgl-program-cache", import.meta.url));
const library = /^https:\/\/cdn\.jsdelivr\.net\/npm\/(@tensorflow\/[a-z-]+)@[\d.]+\/(.*)$/;
const { resolve } = createRequire(import.meta.url);

describe.skipIf(!hasBrowser)("the page for TensorFlow.js's maintainers", () => {
  const { browser } = testPages();

  it.each(["", "?first=images"])("shows without isoconv what its README says: %s", async (query) => {
    const file = join(folder, "repro.html");
    expect(await readFile(file, "utf8")).not.toContain("isoconv");
    const page = await browser().newPage();
    // The versions of the page are those of the workspace.
    await page.route(library, async (route) => {
      const [, name = "", path = ""] = library.exec(route.request().url()) ?? [];
      await route.fulfill({ path: join(dirname(resolve(`${name}/package.json`)), path) });
    });
    await page.goto(`${pathToFileURL(file).href}${query}`);
    await page.waitForFunction(() => document.querySelector("pre")?.textContent !== "");
    const readme = await readFile(join(folder, "README.md"), "utf8");
    const shown = [...readme.matchAll(/```text\n(.*?)\n```/gs)].map(([, text]) => text);
    expect(shown[query === "" ? 0 : 1]).toBe(await page.textContent("pre"));
    await page.close();
  });
});
