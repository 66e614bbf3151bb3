import type { TestProject } from "vitest/node";
import { installToolchain, type Toolchain } from "./toolchain.test.support.js";

declare module "vitest" {
  export interface ProvidedContext {
    readonly toolchain: Toolchain;
  }
}

/** Installs once for all tests. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("toolchain", await installToolchain());
}
