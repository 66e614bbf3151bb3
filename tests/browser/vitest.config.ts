import { playwright } from "@vitest/browser-playwright";
import { defineConfig, mergeConfig, type TestProjectConfiguration } from "vitest/config";
import { shared } from "../../vitest.shared.js";
import { browserArguments, findBrowser } from "./src/browser.js";
import { isolating } from "./src/folder-server.js";
import { serveTfjsWasm } from "./src/site.js";

const pages: TestProjectConfiguration = mergeConfig(shared, {
  test: { name: "pages", globalSetup: ["src/browser.setup.ts", "src/built-site.setup.ts"] },
});

/** The suite as the author of a backend runs it: vitest's tests in a browser. */
const browserMode = (executablePath: string): TestProjectConfiguration => ({
  plugins: [serveTfjsWasm],
  server: { headers: isolating },
  // Its workers import the module it came from, which a bundle of several modules would not contain.
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  test: {
    name: "browser mode",
    include: ["src/**/*.browser.ts"],
    provide: { isFull: process.env["ISOCONV_FULL"] === "1" },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args: browserArguments } }),
      instances: [{ browser: "chromium" }],
    },
  },
});

const executablePath = findBrowser();
export default defineConfig({
  test: { projects: executablePath === undefined ? [pages] : [pages, browserMode(executablePath)] },
});
