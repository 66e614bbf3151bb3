import { arch, availableParallelism, cpus, platform } from "node:os";
import type { MachineInfo } from "../report/machine-info.js";

/** The machine and the version of Node. */
export function machineInfo(): MachineInfo {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    platform: `${platform()} ${arch()}`,
    host: `Node ${process.versions.node}`,
  };
}
