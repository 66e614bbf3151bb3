import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type BrowserServer,
} from "playwright";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The first Chromium on the `PATH`. */
export function findBrowser(path = process.env["PATH"] ?? ""): string | undefined {
  const candidates = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Without a sandbox, because containers forbid it; WebGL and WebGPU run on SwiftShader, on the CPU. */
export const browserArguments: string[] = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

/** Milliseconds until what a page should do counts as missing: long, for machines that are busy. */
export const PATIENCE = 290_000;

declare module "vitest" {
  export interface ProvidedContext {
    /** The address of the browser that `browser.setup.ts` has started for all tests; empty without a browser. */
    readonly browser: string;
  }
}

/** A browser for several processes, which connect to its `wsEndpoint()`. */
export async function launchBrowserServer(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: requireBrowser(), args: browserArguments });
}

/** The browser of all tests. Closing it closes what was opened in it, and leaves the others' pages. */
export async function connectBrowser(endpoint: string): Promise<Browser> {
  return chromium.connect(endpoint);
}

/** @throws Error if there is no browser */
export async function launchBrowser(args = browserArguments): Promise<Browser> {
  return chromium.launch({ executablePath: requireBrowser(), args });
}

/**
 * A browser with one context and a disk cache in a new folder, which is deleted when the context is closed.
 *
 * @throws Error if there is no browser
 */
export async function launchOnDisk(options: BrowserContextOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext("", { executablePath: requireBrowser(), args: browserArguments, ...options });
}

function requireBrowser(): string {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(`none of ${names.join(", ")} is on the PATH`);
  return executablePath;
}
