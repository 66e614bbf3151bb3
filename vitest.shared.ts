import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What every package's tests have in common; each package has a `vitest.config.ts` that exports or extends it. */
export const shared = defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // WebGPU in Node runs on the same driver on every machine.
    setupFiles: [fileURLToPath(new URL("tools/software-vulkan.mjs", import.meta.url))],
    // The files of a package run in one process: its modules, and the plan they make, are loaded once.
    isolate: false,
    // Limits end tests that hang. They are at least ten times what the slowest test takes on an idle machine.
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
