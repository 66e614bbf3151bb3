import { defineConfig } from "vitest/config";

// As patient as the other packages' tests: planning the suite takes seconds where other work is under way.
export default defineConfig({ test: { include: ["src/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 } });
