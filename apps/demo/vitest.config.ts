import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

// Tests here replace modules and globals, or need a runtime that has not been started: each file has a process.
export default mergeConfig(shared, defineConfig({ test: { isolate: true } }));
