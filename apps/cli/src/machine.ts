import { arch, availableParallelism, cpus, platform } from "node:os";
import type { Machine } from "./compare/comparison.js";

/** What numbers printed here were measured on. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    platform: `${platform()} ${arch()}`,
    node: process.versions.node,
  };
}
