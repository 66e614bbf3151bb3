import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isolating, launchBrowser, serveFolder } from "@isoconv/browser-tests";
import { shots } from "./shots.js";

const site = fileURLToPath(new URL("../../../apps/demo/dist", import.meta.url));
const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));

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
    await act(page);
    await page.screenshot({ path: join(folder, `demo-${name}.png`), animations: "disabled" });
    await page.close();
    console.log(name);
  }
} finally {
  await browser.close();
  await server.close();
}
