import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { compare } from "./comparing.test.support.js";
import { demoPages, hasBrowser, isFull } from "./demo-page.test.support.js";

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const views = [
  "photo",
  "compare",
  "compare&weights=file&input=photo",
  "inside",
  "conformance",
  "bench",
  "zoo",
  "build",
];

async function violations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axeFile });
  const found = await page.evaluate(async () => (await window.axe.run()).violations);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

const telephone = { width: 360, height: 740 };

async function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}

/** Waits until the view is shown and has fetched everything. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 2 }).waitFor();
  await page.waitForLoadState("networkidle");
}

describe.skipIf(!hasBrowser)("accessibility", () => {
  const { open } = demoPages();

  it.each(views)(
    "axe finds no violation in %s, also dark, in Chinese and 360 pixels wide, where it fits",
    async (view) => {
      const { page, complaints } = await open(`view=${view}`);
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.setViewportSize(telephone);
      await page.getByRole("combobox", { name: "Language" }).selectOption("zh");
      await page.getByRole("combobox", { name: "语言" }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await fits(page)).toBe(true);
      expect(complaints).toEqual([]);
    },
  );

  it.each([
    ["light", telephone],
    ["dark", { width: 1280, height: 720 }],
  ] as const)("axe finds no violation in results, %s, and they fit", async (colorScheme, viewport) => {
    const { page } = await open("backends=tfjs-cpu,tfjs-wasm", { colorScheme, viewport });
    expect(await compare(page)).toMatch(/^✓/);
    expect(await violations(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
  });

  it.runIf(isFull)(
    "axe finds no violation in the results of other views, light and dark, and they fit on a telephone",
    async () => {
      const { page } = await open(
        "view=conformance&suite=&fault=lost-negative-zero&filter=op/concat/special/**" +
          "&bench=tfjs-cpu,tfjs-wasm&rounds=15&backend=tfjs-cpu&backends=tfjs-cpu",
      );
      const run = page.getByRole("button", { name: "Run", exact: true });
      const check = async (): Promise<void> => {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await violations(page)).toEqual([]);
        }
        const wide = page.viewportSize();
        await page.setViewportSize(telephone);
        expect(await fits(page)).toBe(true);
        if (wide !== null) await page.setViewportSize(wide);
      };
      await run.click();
      await page.getByText("Ended. lost-negative-zero: nonconformant").waitFor();
      await check();
      await page.getByRole("region", { name: "Findings" }).getByRole("button").first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("cell", { name: "sign of zero" }).first().waitFor();
      await check();
      await dialog.getByRole("button", { name: "Close" }).click();

      await page.getByRole("link", { name: "Bench" }).click();
      await page.getByRole("heading", { name: "Bench" }).waitFor();
      await run.click();
      await page.getByText(/^Done: /).waitFor();
      await check();

      await page.getByRole("link", { name: "Build your own" }).click();
      await page.getByRole("heading", { name: "Run it" }).waitFor();
      await run.click();
      await page.getByRole("heading", { name: "On tfjs-cpu" }).waitFor();
      await page.getByRole("button", { name: "Compare", exact: true }).click();
      await page.getByText("✓ tfjs-cpu agrees").waitFor();
      await check();
    },
  );

  it("a comparison can be run with the keyboard alone", async () => {
    const { page } = await open("backends=tfjs-cpu");
    await page.getByRole("radio", { name: "Sample 0:" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.getByRole("radio", { name: "Sample 1:" }).isChecked()).toBe(true);
    const run = page.getByRole("button", { name: /^Run$/ });
    for (let step = 0; step < 20 && !(await run.evaluate((button) => button === document.activeElement)); step += 1) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.getByText("✓ tfjs-cpu agrees").waitFor();
  });
});
