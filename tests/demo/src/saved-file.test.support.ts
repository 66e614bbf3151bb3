import { buffer } from "node:stream/consumers";
import type { Locator } from "playwright";

export interface SavedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** The file that the browser saves after a click on a button. */
export async function savedBy(button: Locator): Promise<SavedFile> {
  const [download] = await Promise.all([button.page().waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), content: await buffer(await download.createReadStream()) };
}
