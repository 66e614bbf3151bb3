import { machineInfo } from "@isoconv/conformance/cli";
import type { Machine } from "./commands/compare/comparison.js";

/** The machine on which printed numbers were measured. */
export function thisMachine(): Machine {
  const { host: _host, ...machine } = machineInfo();
  return { ...machine, node: process.versions.node };
}
