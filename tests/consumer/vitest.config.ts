import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      globalSetup: ["../browser/src/browser.setup.ts", "src/packed-packages.setup.ts", "src/toolchain.setup.ts"],
      // The work is done by other programs, most of which use one core. Each file has folders of its own.
      maxWorkers: 2,
    },
  }),
);
