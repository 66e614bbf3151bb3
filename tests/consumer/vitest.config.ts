import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.js";

const globalSetup = ["src/packed-packages.setup.ts", "src/toolchain.setup.ts"];

export default mergeConfig(shared, defineConfig({ test: { globalSetup } }));
