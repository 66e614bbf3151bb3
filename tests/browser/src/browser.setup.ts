import { findBrowser, launchBrowserServer } from "./browser.js";
import type { TestProject } from "vitest/node";

/** Starts one browser for all tests. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findBrowser() === undefined) {
    project.provide("browser", "");
    return undefined;
  }
  const server = await launchBrowserServer();
  project.provide("browser", server.wsEndpoint());
  return () => server.close();
}
