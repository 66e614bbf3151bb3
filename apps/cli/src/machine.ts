import { machineInfo } from "@isoconv/conformance/cli";
import type { Machine } from "./commands/compare/comparison.js";

/** What numbers printed here were measured on. */
export function thisMachine(): Machine {
  const { host: _host, ...machine } = machineInfo();
  return { ...machine, node: process.versions.node };
}
