import { json } from "node:stream/consumers";
import { planConformance } from "@isoconv/conformance";
import type { Page } from "playwright";
import { describe, expect, inject, it } from "vitest";
import { hasBrowser, testPages } from "./pages.test.support.js";
import { runSuiteInPage } from "./suite-in-page.js";

const isRequired = process.env["ISOCONV_REQUIRE_BROWSER"] === "1";

describe("the PATH", () => {
  it("has a browser", ({ skip }) => {
    if (!isRequired && !hasBrowser) {
      skip(
        "no chromium, chromium-browser or google-chrome on the PATH; ISOCONV_REQUIRE_BROWSER=1 makes this a failure",
      );
    }
    expect(hasBrowser).toBe(true);
  });
});

// The whole quick plan runs in pages where the committed reports are compared: see reports/.
describe.skipIf(!hasBrowser)("the suite in a built page", () => {
  const { browser, open } = testPages();
  const outcomesOf = (page: Page) => page.evaluate(() => window.outcomes);
  const computed = ["probe/**", "op/maxPool2d/matrix/**", "op/conv2d/exact/**"];

  it.each([
    { id: "reference", isolated: false, threads: 1 },
    { id: "tfjs-wasm", isolated: false, threads: 1 },
    { id: "tfjs-wasm", isolated: true, threads: 2 },
    { id: "onnx-wasm", isolated: false, threads: 1 },
    { id: "onnx-wasm", isolated: true, threads: 4 },
  ])(
    "passes on $id with $threads threads, isolated from other origins: $isolated",
    async ({ id, isolated, threads }) => {
      // Threads and workers are what a page adds to the contract.
      const filter = isolated ? [...computed, "contract/**"] : computed;
      const run = { backend: id, filter, isolated, cores: 4 };
      const { report, errors } = await runSuiteInPage(browser(), inject("site"), run);
      const { backend, verdict, totals, cases, capabilities } = report;
      expect(cases.filter(({ status }) => !["pass", "xfail", "unsupported"].includes(status))).toEqual([]);
      // The filter excludes a part of the profile.
      expect({ backend, verdict }).toEqual({ backend: id, verdict: "partial" });
      expect(totals.pass).toBeGreaterThan(0);
      expect(cases).toHaveLength(planConformance({ filter }).cases.length);
      expect(errors).toEqual([]);
      expect(capabilities.threads).toBe(isolated ? threads : 1);
    },
  );

  it("shows the verdict in words and saves the report", async () => {
    const { page } = await open(`/index.html?backend=reference&filter=${encodeURIComponent("probe/**")}`);
    await outcomesOf(page);
    expect(await page.getByRole("region", { name: "Conformance of reference" }).count()).toBe(1);
    expect(await page.getByRole("status").textContent()).toMatch(/^partial: \d+ pass$/);
    expect(await page.getByRole("rowheader").count()).toBeGreaterThan(30);
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save report.json of reference" }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe("reference.report.json");
    expect(await json(await saved.createReadStream())).toMatchObject({
      format: "isoconv-conformance-report",
      backend: "reference",
    });
    await page.close();
  });

  it("stops when the user clicks Stop, and gives no verdict", async () => {
    const { page, errors } = await open("/index.html?backend=reference");
    await page.getByRole("button", { name: "Stop" }).click();
    expect(await outcomesOf(page)).toEqual([{ id: "reference", outcome: "stopped" }]);
    expect(await page.getByRole("status").textContent()).toBe("Stopped: there is no verdict");
    expect(errors).toEqual([]);
    await page.close();
  });
});
