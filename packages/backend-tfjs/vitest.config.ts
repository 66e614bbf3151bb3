import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

// Its tests replace modules and globals, or ask what a runtime does that nobody has started yet: each file has a process.
export default mergeConfig(shared, defineConfig({ test: { isolate: true } }));
