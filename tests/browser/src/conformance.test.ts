import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planConformance } from "@isoconv/conformance";
import { chromium, type Browser, type Page } from "playwright-core";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "./find-browser.js";
import { serveSite } from "./site.js";

const executablePath = findBrowser();
const isRequired = process.env["ISOCONV_REQUIRE_BROWSER"] === "1";

describe("the PATH", () => {
  it("has a browser", ({ skip }) => {
    if (!isRequired && executablePath === undefined) {
      skip(
        "no chromium, chromium-browser or google-chrome on the PATH; ISOCONV_REQUIRE_BROWSER=1 makes this a failure",
      );
    }
    expect(executablePath).toBeTypeOf("string");
  });
});

describe.skipIf(executablePath === undefined)("the suite in a page", () => {
  let folder: string;
  let server: PreviewServer;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "isoconv-browser-"));
    server = await serveSite(folder);
    origin = server.resolvedUrls?.local[0] ?? "";
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(query: string): Promise<{ readonly page: Page; readonly errors: readonly string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
    page.on("pageerror", (error) => void errors.push(String(error)));
    await page.goto(`${origin}?${query}`);
    return { page, errors };
  }

  const outcomesOf = (page: Page) => page.evaluate(() => window.outcomes);

  // Whole networks and random graphs take the browser no other way than Node; the page runs what is quick.
  const filter = ["probe/**", "contract/**", "op/maxPool2d/**", "op/conv2d/exact/**"];
  const query = filter.map((glob) => `filter=${encodeURIComponent(glob)}`).join("&");

  it.each(["reference", "tfjs-cpu", "tfjs-wasm", "onnx-wasm"])("passes on %s", async (id) => {
    const { page, errors } = await open(`backend=${id}&${query}`);
    const outcomes = await outcomesOf(page);
    const [outcome] = outcomes ?? [];
    if (outcome?.outcome !== "decided") throw new Error(`no verdict: ${JSON.stringify(outcome)}`);
    const { backend, verdict, totals, cases } = outcome.report;
    expect(cases.filter(({ status }) => !["pass", "xfail", "unsupported"].includes(status))).toEqual([]);
    // The filter leaves a part of the profile out.
    expect({ backend, verdict }).toEqual({ backend: id, verdict: "partial" });
    expect(totals.pass).toBeGreaterThan(0);
    expect(cases).toHaveLength(planConformance({ filter }).cases.length);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("says the verdict in words and saves the report", async () => {
    const { page } = await open(`backend=reference&filter=${encodeURIComponent("probe/**")}`);
    await outcomesOf(page);
    expect(await page.getByRole("region", { name: "Conformance of reference" }).count()).toBe(1);
    expect(await page.getByRole("status").textContent()).toMatch(/^partial: \d+ pass$/);
    expect(await page.getByRole("rowheader").count()).toBeGreaterThan(30);
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save report.json of reference" }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe("reference.report.json");
    const text = await readFile(await saved.path(), "utf8");
    expect(JSON.parse(text)).toMatchObject({ format: "isoconv-conformance-report", backend: "reference" });
    await page.close();
  });

  it("stops when the reader says so, and gives no verdict", async () => {
    const { page, errors } = await open("backend=reference");
    await page.getByRole("button", { name: "Stop" }).click();
    expect(await outcomesOf(page)).toEqual([{ id: "reference", outcome: "stopped" }]);
    expect(await page.getByRole("status").textContent()).toBe("Stopped: there is no verdict");
    expect(errors).toEqual([]);
    await page.close();
  });
});
