import type { Report } from "@isoconv/conformance";
import type { Browser } from "playwright";
import { launchBrowser, PATIENCE } from "./browser.js";
import { isolating, serveFolder } from "./folder-server.js";
import { buildSite } from "./site.js";

export interface PageRun {
  readonly backend: string;
  /** Globs of case ids; the whole quick plan if absent. */
  readonly filter?: readonly string[];
  /** The share of the plan's cases; all if absent. */
  readonly share?: number;
  /** Serves the page with the headers that allow threads. */
  readonly isolated?: boolean;
  /** Overrides the number of cores that the page sees: TensorFlow.js starts a thread for every two. */
  readonly cores?: number;
}

export interface PageReport {
  readonly report: Report;
  /** The errors on the page's console and its uncaught exceptions. */
  readonly errors: readonly string[];
}

/**
 * Runs the suite on one backend in a built page.
 *
 * @param folder the built site
 * @throws Error with the reason if there is no verdict
 */
export async function runSuiteInPage(browser: Browser, folder: string, run: PageRun): Promise<PageReport> {
  const { backend, filter = [], share = 1, isolated = false, cores } = run;
  const server = await serveFolder(folder, { headers: isolated ? isolating : {} });
  const page = await browser.newPage();
  page.setDefaultNavigationTimeout(PATIENCE);
  if (cores !== undefined) await page.addInitScript(pretendCores, cores);
  const errors: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
  page.on("pageerror", (error) => void errors.push(String(error)));
  try {
    // A filter of many ids is longer than the address that a server takes; what follows the # stays in the browser.
    const ids = new URLSearchParams(filter.map((glob) => ["filter", glob]));
    await page.goto(`${server.origin}/index.html?backend=${backend}&share=${share}#${ids}`);
    const [outcome] = (await page.evaluate(() => window.outcomes)) ?? [];
    if (outcome?.outcome !== "decided") throw new Error(`no verdict: ${JSON.stringify(outcome)}`);
    return { report: outcome.report, errors };
  } finally {
    await page.close();
    await server.close();
  }
}

function pretendCores(cores: number): void {
  Object.defineProperty(navigator, "hardwareConcurrency", { value: cores });
}

/** A browser with the built pages, for several runs. */
export interface Pages {
  /** For example `Chromium 140.0.7339.80`. */
  readonly name: string;
  run(run: PageRun): Promise<PageReport>;
  close(): Promise<void>;
}

export async function openPages(): Promise<Pages> {
  const browser = await launchBrowser();
  const site = await buildSite().catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  return {
    name: `Chromium ${browser.version()}`,
    run: (run) => runSuiteInPage(browser, site.folder, run),
    close: async () => {
      await browser.close();
      await site.remove();
    },
  };
}
