import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** What every package's tests have in common; each package has a `vitest.config.ts` that exports or extends it. */
export const shared = defineConfig({
  test: {
    // Where tools/real-files puts files that are not committed.
    env: { ISOCONV_REAL_FILES: process.env["ISOCONV_REAL_FILES"] ?? pathOf(".real-files") },
    include: ["src/**/*.test.ts"],
    // WebGPU in Node runs on the same driver on every machine.
    setupFiles: [pathOf("tools/software-vulkan.mjs")],
    // The files of a package run in one process: its modules, and the plan they make, are loaded once.
    isolate: false,
    // Limits end tests that hang. They are at least ten times what the slowest test takes on an idle machine.
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
