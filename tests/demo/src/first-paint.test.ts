import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";

describe.skipIf(!hasBrowser)("opening the page", () => {
  const { open } = demoPages();

  it("takes less than 300 kB, zipped, and no runtime", async () => {
    const { page } = await open("view=none");
    const answers: Promise<{ readonly path: string; readonly bytes: number }>[] = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      answers.push(response.body().then((body) => ({ path: pathname, bytes: gzipSync(body).length })));
    });
    await page.reload();
    await page.getByRole("radio", { name: "Sample 99:" }).waitFor();
    await page.waitForLoadState("networkidle");
    const fetched = await Promise.all(answers);
    expect(fetched.filter(({ path }) => /\.wasm$|worker|ort|tfjs/.test(path))).toEqual([]);
    expect(fetched.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(300_000);
  });
});
