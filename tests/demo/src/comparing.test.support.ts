import { backendsOn, needsHardware } from "@isoconv/backends";
import type { Locator, Page } from "playwright";

/** The rows of the backends that run in a browser without a GPU, by software where they need one. */
export const rows = backendsOn("page").filter((row) => !needsHardware(row));

/** The same, as the page names them. */
export const backends = rows.map(({ id }) => id);

/** Those that a software GPU does not slow down. */
export const onProcessor = rows.filter(({ device }) => device !== "gpu").map(({ id }) => id);

/** The card of one backend. */
export function card(page: Page, backend: string): Locator {
  return page.getByRole("region", { name: backend, exact: true });
}

/** Runs the comparison, waits for its end and returns the summary line. */
export async function compare(page: Page, button: string | RegExp = /^Run$/): Promise<string> {
  await page.getByRole("button", { name: button }).click();
  // A run may end before the test can see the Stop button, so the test does not wait for it.
  await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.getByRole("button", { name: /^Run$/ }).waitFor();
  return (await page.locator(".summary").textContent()) ?? "";
}

/** The most likely class on each backend. */
export function firstGuesses(page: Page): Promise<readonly string[]> {
  return page.locator(".guesses li:first-child .name").allTextContents();
}

/** Drops a file on an element, as a reader does. */
export async function drop(page: Page, onto: Locator, name: string, content: Uint8Array): Promise<void> {
  await dropFiles(page, onto, { [name]: content });
}

/** Drops several files together. */
export async function dropFiles(page: Page, onto: Locator, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const carried = await page.evaluateHandle(
    (encoded) => {
      const transfer = new DataTransfer();
      for (const [name, base64] of encoded) {
        transfer.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name));
      }
      return transfer;
    },
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString("base64")] as const),
  );
  await onto.dispatchEvent("dragover", { dataTransfer: carried });
  await onto.dispatchEvent("drop", { dataTransfer: carried });
}
