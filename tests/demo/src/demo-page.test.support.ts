import { fileURLToPath } from "node:url";
import {
  connectBrowser,
  findBrowser,
  isolating,
  launchBrowser,
  launchOnDisk,
  PATIENCE,
  serveFolder,
  type FolderServer,
  type ServerBehaviour,
} from "@isoconv/browser-tests";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, afterEach, beforeAll, inject } from "vitest";

/** The built page. */
export const site = fileURLToPath(new URL("../../../apps/demo/dist", import.meta.url));

/** If there is no browser, `browser.test.ts` is skipped with a note, or fails if one is required. */
export const hasBrowser = findBrowser() !== undefined;

/** `npm run test:full` sets it: what takes minutes where a processor plays the GPU is tested too. */
export const isFull = process.env["ISOCONV_FULL"] === "1";

/** A host that can send headers: isolated, and files with a hash in their names may be kept for ever. */
export const goodHost: ServerBehaviour = { headers: isolating, immutable: /^\/(?:assets|tfjs-wasm)\// };

export interface DemoPage {
  readonly page: Page;
  /** Errors and warnings in the console, and uncaught exceptions, so far. */
  readonly complaints: readonly string[];
  /** Stops the host, like a network failure. */
  readonly loseHost: () => Promise<void>;
  /** Starts the host again at the same address. */
  readonly regainHost: () => Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  readonly host?: ServerBehaviour;
  /** Whether the browser caches on disk, as outside private mode, where large files are cached too. */
  readonly keepsFiles?: boolean;
}

export interface DemoPages {
  readonly browser: () => Browser;
  /** Opens the page with the given state after the `#` of its address. */
  readonly open: (state?: string, options?: OpenOptions) => Promise<DemoPage>;
}

/**
 * A browser for the tests of the current suite: one for all suites, or one with arguments of its own. Pages and hosts are closed
 * after each test.
 */
export function demoPages(browserArguments?: string[]): DemoPages {
  let browser: Browser | undefined;
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    browser = await (browserArguments === undefined
      ? connectBrowser(inject("browser"))
      : launchBrowser(browserArguments));
  });
  afterEach(async () => {
    await Promise.all(endings.splice(0).map((end) => end()));
  });
  afterAll(async () => {
    await browser?.close();
  });
  const launched = (): Browser => {
    if (browser === undefined) throw new Error("the browser has not started yet");
    return browser;
  };
  return {
    browser: launched,
    async open(state = "", { host = goodHost, keepsFiles = false, ...options } = {}) {
      let server: FolderServer | undefined = await serveFolder(site, host);
      const { origin } = server;
      const settings = { locale: "en-US", ...options };
      const context = keepsFiles ? await launchOnDisk(settings) : await launched().newContext(settings);
      const loseHost = async (): Promise<void> => {
        await server?.close();
        server = undefined;
      };
      const regainHost = async (): Promise<void> => {
        server = await serveFolder(site, host, Number(new URL(origin).port));
      };
      context.setDefaultTimeout(PATIENCE);
      endings.push(() => context.close(), loseHost);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      page.on("pageerror", (error) => void complaints.push(String(error)));
      await page.goto(`${origin}/index.html#${state}`);
      return { page, complaints, loseHost, regainHost };
    },
  };
}
