import { readBenchReport } from "@isoconv/inspect";
import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";
import { savedBy } from "./saved-file.test.support.js";
import { AT_ONCE, stop } from "./stopping.test.support.js";
import { rowOf } from "./table.test.support.js";

describe.skipIf(!hasBrowser)("the bench", () => {
  const { open } = demoPages();

  it("times backends in paired rounds, with intervals, and exports the results as Markdown and JSON", async () => {
    const { page, complaints } = await open("view=bench&bench=onnx-wasm", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("group", { name: "Backends" }).getByRole("checkbox", { name: "tfjs-wasm" }).check();
    await page.getByRole("combobox", { name: "Rounds" }).selectOption("15");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText(/^Done: 15 rounds in \d+ sessions/).waitFor();

    const table = page.getByRole("table", { name: "Speeds: d2l/lenet at 1×28×28" });
    const chart = await page.getByRole("img", { name: "d2l/lenet at 1×28×28" }).getAttribute("aria-label");
    const rows = await Promise.all(["onnx-wasm", "tfjs-wasm"].map((id) => rowOf(table, id)));
    for (const { backend, "steady ms [95 %]": steady = "" } of rows) {
      const [median = NaN, low = NaN, high = NaN] = steady.match(/[\d.]+/g)?.map(Number) ?? [];
      expect(low).toBeGreaterThan(0);
      expect(low).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(high);
      expect(chart).toContain(`${backend} ${steady} ms`);
    }
    expect(rows.map((row) => row["vs baseline"])).toContain("baseline");

    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.getByText("Copied").waitFor();
    const markdown = await page.evaluate(() => navigator.clipboard.readText());
    for (const { backend, "steady ms [95 %]": steady } of rows) {
      expect(markdown).toMatch(new RegExp(`^\\| ${backend} .*`, "m"));
      expect(markdown).toContain(steady);
    }
    await page.getByText("As Markdown", { exact: true }).click();
    await expect.poll(() => page.getByRole("region", { name: "As Markdown" }).innerText()).toBe(markdown);

    const saved = await savedBy(page.getByRole("button", { name: "Save as JSON" }));
    expect(saved.name).toBe("isoconv-bench.json");
    const report = readBenchReport(saved.content.toString());
    expect(report.rows.map(({ backend, result }) => [backend, result.status])).toEqual([
      ["onnx-wasm", "measured"],
      ["tfjs-wasm", "measured"],
    ]);
    expect(report.machine.host).toMatch(/^Chromium /);
    expect(complaints).toEqual([]);
  });

  it("times a chosen operation, also on a GPU", async () => {
    const { page, complaints } = await open("view=bench&bench=tfjs-wasm,tfjs-webgl&rounds=15");
    await page.getByRole("combobox", { name: "Operation or network" }).selectOption("softmax 1000");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const row = await rowOf(page.getByRole("table", { name: "Speeds: softmax 1000" }), "tfjs-webgl");
    expect(row["steady ms [95 %]"]).toMatch(/\d/);
    expect((await rowOf(page.getByRole("table", { name: "Backends" }), "tfjs-webgl"))["device"]).toMatch(/SwiftShader/);
    expect(complaints).toEqual([]);
  });

  it("stops at once, without results", async () => {
    const { page, complaints } = await open("view=bench&bench=reference,tfjs-cpu&rounds=200");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText(/^[1-9]\d* of \d+ sessions timed/).waitFor();
    expect(await stop(page, "Stopped: no results.")).toBeLessThan(AT_ONCE);
    await expect.poll(() => page.getByRole("table").count()).toBe(0);
    await page.getByRole("button", { name: "Run", exact: true, disabled: false }).waitFor();
    expect(complaints).toEqual([]);
  });
});
