import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      globalSetup: ["../browser/src/browser.setup.ts"],
      // One page at a time: GPUs are the processor here.
      fileParallelism: false,
      expect: { poll: { timeout: 120_000 } },
    },
  }),
);
