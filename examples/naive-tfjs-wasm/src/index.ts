import type { Backend } from "@isoconv/core-spec";
import { tfjsWasm } from "./backend.js";
import { ceilWhereItFits } from "./pooling.js";
import { poolingTable } from "./table.js";

/** The adapter with the mistake. */
export function createBackend(): Promise<Backend> {
  return tfjsWasm("naive-tfjs-wasm", poolingTable(ceilWhereItFits));
}
