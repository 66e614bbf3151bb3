import type { Backend } from "@isoconv/core-spec";
import { tfjsWasm } from "./backend.js";
import { explicitPads } from "./pooling.js";
import { poolingTable } from "./table.js";

/** The adapter without the mistake. */
export function createBackend(): Promise<Backend> {
  return tfjsWasm("fixed-tfjs-wasm", poolingTable(explicitPads));
}
