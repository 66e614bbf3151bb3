import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, inject } from "vitest";
import { connectBrowser, findBrowser, PATIENCE } from "./browser.js";
import { serveFolder, type FolderServer, type ServerBehaviour } from "./folder-server.js";

/** Without a browser `conformance.test.ts` reports that, or fails if one is required. */
export const hasBrowser = findBrowser() !== undefined;

export interface OpenPage {
  readonly page: Page;
  /** The errors on its console and its uncaught exceptions so far. */
  readonly errors: readonly string[];
}

export interface TestPages {
  readonly browser: () => Browser;
  /** Opens an address of the built site, for example `/gpu.html`. */
  readonly open: (address: string, behaviour?: ServerBehaviour) => Promise<OpenPage>;
}

/** A browser for the tests of the current suite, and servers that are closed with it. */
export function testPages(): TestPages {
  let browser: Browser | undefined;
  const servers: FolderServer[] = [];
  beforeAll(async () => {
    browser = await connectBrowser(inject("browser"));
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(servers.map((server) => server.close()));
  });
  const launched = (): Browser => {
    if (browser === undefined) throw new Error("the browser is not there before the tests are");
    return browser;
  };
  return {
    browser: launched,
    async open(address, behaviour) {
      const server = await serveFolder(inject("site"), behaviour);
      servers.push(server);
      const page = await launched().newPage();
      page.setDefaultTimeout(PATIENCE);
      const errors: string[] = [];
      page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
      page.on("pageerror", (error) => void errors.push(String(error)));
      await page.goto(`${server.origin}${address}`);
      return { page, errors };
    },
  };
}
