import type { Browser, Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import { backends, compare, onProcessor } from "./comparing.test.support.js";
import { demoPages, hasBrowser, isFull } from "./demo-page.test.support.js";
import { heapBytes } from "./heap.test.support.js";
import { longestTask } from "./long-tasks.test.support.js";

interface Shifts {
  /** Sum of all layout shifts. */
  readonly all: number;
  /** Sum without shifts within half a second of user input, as in Cumulative Layout Shift. */
  readonly unexpected: number;
}

/** Records layout shifts from now on. */
async function watchShifts(page: Page): Promise<() => Promise<Shifts>> {
  const shifts = await page.evaluateHandle(() => {
    const sums = { all: 0, unexpected: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        sums.all += value;
        if (!hadRecentInput) sums.unexpected += value;
      }
    }).observe({ type: "layout-shift" });
    return sums;
  });
  return () => shifts.jsonValue();
}

const runButton = (page: Page): Locator => page.getByRole("button", { name: "Run", exact: true });

const shows =
  (text: string | RegExp) =>
  (page: Page): Promise<void> =>
    page.getByText(text).first().waitFor();

/** The runs of the other views. */
const runs = [
  {
    view: "inside",
    state: "view=inside&a=tfjs-wasm&b=onnx-wasm",
    begin: (page: Page) => page.getByRole("button", { name: "conv 5×5, 16" }),
    end: shows("Layer 4: tfjs-wasm and onnx-wasm compared."),
  },
  {
    view: "conformance",
    state: "view=conformance&suite=tfjs-wasm&filter=op/conv2d/exact/**",
    begin: runButton,
    end: shows(/^Ended\. /),
  },
  { view: "bench", state: "view=bench&bench=onnx-wasm,tfjs-wasm&rounds=15", begin: runButton, end: shows(/^Done: /) },
  {
    view: "zoo",
    state: "view=compare",
    begin: (page: Page) => page.getByRole("link", { name: "Zoo" }),
    end: async (page: Page) => {
      await page.getByRole("search").waitFor();
      await page.getByText(/building \d+ of/).waitFor({ state: "hidden" });
    },
  },
  { view: "build", state: "view=build&backend=tfjs-wasm", begin: runButton, end: shows(/Warm run:/) },
] as const;

async function blocksNothing(browser: Browser, page: Page, work: () => Promise<void>): Promise<void> {
  expect(await longestTask(browser, page, work)).toBeLessThan(100);
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
    expect((await shifted()).all).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each(runs)(
    "causes no unexpected layout shift in the view $view, and does not block the main thread",
    async (run) => {
      const { page, complaints } = await open(run.state, { viewport: { width: 1280, height: 1800 } });
      await page.waitForLoadState("networkidle");
      const shifted = await watchShifts(page);
      await blocksNothing(browser(), page, async () => {
        await run.begin(page).click();
        await run.end(page);
      });
      expect((await shifted()).unexpected).toBeLessThan(0.001);
      expect(complaints).toEqual([]);
    },
  );

  it("never blocks the main thread for more than 100 ms", async () => {
    const run = isFull ? backends : [...onProcessor, "tfjs-webgl"];
    const { page, complaints } = await open(`backends=${run.join(",")}`);
    await page.getByRole("radio", { name: "Sample 5:" }).check();
    await blocksNothing(browser(), page, async () => {
      expect(await compare(page)).toMatch(new RegExp(`^✓ ${run.length} backends agree`));
    });
    expect(complaints).toEqual([]);
  });

  const networksShown = 50;
  it.runIf(isFull)(
    `leaves nothing behind: after ${networksShown} other networks the page holds no more than after 10`,
    async () => {
      const { page, complaints } = await open("backends=tfjs-cpu");
      const networks = ["d2l/densenet", "d2l/lenet"];
      const bytes: number[] = [];
      for (let count = 1; count <= networksShown; count += 1) {
        await page.getByRole("combobox", { name: "Network" }).selectOption(networks[count % 2] ?? "");
        // The other runs are stopped by the next change of network.
        if (count % 10 > 0) await page.getByRole("button", { name: /^Run$/ }).click();
        else {
          expect(await compare(page)).toMatch(/^✓ tfjs-cpu agrees/);
          bytes.push(await heapBytes(page));
        }
      }
      const [early = 0, ...later] = bytes;
      expect(Math.max(...later) - early).toBeLessThan(100_000);
      expect(page.workers()).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
