import type { TestProject } from "vitest/node";
import { findBrowser } from "./browser.js";
import { buildSite } from "./site.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of the built pages; empty if there is no browser. */
    readonly site: string;
  }
}

/** Builds the pages once for all tests. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findBrowser() === undefined) {
    project.provide("site", "");
    return undefined;
  }
  const { folder, remove } = await buildSite();
  project.provide("site", folder);
  return remove;
}
