import { arch, availableParallelism, cpus, platform } from "node:os";
import type { MachineInfo } from "@isoconv/conformance";
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

/** The same for the reports of the conformance package, which may come from a browser too. */
export function machineInfo(): MachineInfo {
  const { node, ...machine } = thisMachine();
  return { ...machine, host: `Node ${node}` };
}
