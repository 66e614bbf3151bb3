import { defineConfig } from "vitest/config";

// One page at a time: it times itself, and GPUs are the processor here.
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // As long as playwright waits for what a page shows.
    expect: { poll: { timeout: 30_000 } },
  },
});
