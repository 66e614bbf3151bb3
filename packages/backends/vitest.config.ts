import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

// A process has one WebAssembly runtime, whose threads its first backend settles: each file has a process.
export default mergeConfig(shared, defineConfig({ test: { isolate: true } }));
