import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { compare } from "./comparing.test.support.js";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";
import { heapBytes } from "./heap.test.support.js";
import { longestTask } from "./long-tasks.test.support.js";

/** Everything that moved by itself from now on, shares of the window added up. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  const total = await page.evaluateHandle(() => {
    const shifts = { sum: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("value" in entry) shifts.sum += Number(entry.value);
      }
    }).observe({ type: "layout-shift" });
    return shifts;
  });
  return () => total.evaluate(({ sum }) => sum);
}

describe.skipIf(!hasBrowser)("a run", () => {
  const { browser, open } = demoPages();

  it.each([
    ["a wide window", { width: 1280, height: 1800 }],
    ["a telephone", { width: 360, height: 740 }],
  ])("moves nothing on the page, in %s", async (_, viewport) => {
    const { page, complaints } = await open("backends=onnx-wasm,tfjs-cpu,tfjs-wasm", { viewport });
    await page.getByRole("radio", { name: "Sample 5:" }).check();
    const shifted = await watchShifts(page);
    expect(await compare(page)).toMatch(/^✓ 3 backends agree/);
    expect(await shifted()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("never blocks the main thread for more than 100 ms", { retry: 2 }, async () => {
    const { page, complaints } = await open();
    await page.getByRole("radio", { name: "Sample 5:" }).check();
    const longest = await longestTask(browser(), page, async () => {
      expect(await compare(page)).toMatch(/^✓ 7 backends agree/);
    });
    expect(longest.processorMilliseconds).toBeLessThan(100);
    // By the clock other programs count too: hence the retries.
    expect(longest.milliseconds).toBeLessThan(100);
    expect(complaints).toEqual([]);
  });

  it("leaves nothing behind: after 50 other networks the page holds no more than after 10", async () => {
    const { page, complaints } = await open("backends=tfjs-cpu");
    const networks = ["d2l/densenet", "d2l/lenet"];
    const bytes: number[] = [];
    for (let count = 1; count <= 50; count += 1) {
      await page.getByRole("combobox", { name: "Network" }).selectOption(networks[count % 2] ?? "");
      // The others are ended in the middle by the next network.
      if (count % 5 > 0) await page.getByRole("button", { name: /^Run$/ }).click();
      else expect(await compare(page)).toMatch(/^✓ tfjs-cpu agrees/);
      if (count % 10 === 0) bytes.push(await heapBytes(page));
    }
    const [early = 0, ...later] = bytes;
    expect(Math.max(...later) - early).toBeLessThan(100_000);
    expect(page.workers()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
