import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from "playwright";

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

/** Without a sandbox, which containers forbid; WebGL and WebGPU by SwiftShader, on the processor. */
export const browserArguments: string[] = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

/** @throws Error where there is no browser */
export async function launchBrowser(args = browserArguments): Promise<Browser> {
  return chromium.launch({ executablePath: requireBrowser(), args });
}

/**
 * A browser that has one context, with a cache on disk in a folder of its own; the folder goes when the context is closed.
 *
 * @throws Error where there is no browser
 */
export async function launchOnDisk(options: BrowserContextOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext("", { executablePath: requireBrowser(), args: browserArguments, ...options });
}

function requireBrowser(): string {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(`none of ${names.join(", ")} is on the PATH`);
  return executablePath;
}
