import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isolating, launchBrowser, serveFolder } from "@isoconv/browser-tests";
import type { Page } from "playwright";
import { shots } from "./shots.js";

const site = fileURLToPath(new URL("../../../apps/demo/dist", import.meta.url));
const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));

/** Whether a font has Chinese characters. Without one, all are drawn as the same empty box. */
function hasChineseFont(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const drawn = ["网", "络"].map((character) => {
      const canvas = document.createElement("canvas");
      canvas.getContext("2d")?.fillText(character, 10, 20);
      return canvas.toDataURL();
    });
    return drawn[0] !== drawn[1];
  });
}

const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await serveFolder(site, { headers: isolating });
const browser = await launchBrowser();
try {
  for (const { name, state, width, height, colorScheme, act } of shots) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: "en-US" });
    await page.goto(`${server.origin}/index.html#${state}`);
    await page.getByRole("heading", { level: 2 }).waitFor();
    await page.waitForLoadState("networkidle");
    if (state.includes("lang=zh") && !(await hasChineseFont(page))) {
      throw new Error(`no font here has the Chinese characters of "${name}": install one, such as Noto Sans CJK`);
    }
    await act(page);
    await page.screenshot({ path: join(folder, `demo-${name}.png`), animations: "disabled" });
    await page.close();
    console.log(name);
  }
} finally {
  await browser.close();
  await server.close();
}
