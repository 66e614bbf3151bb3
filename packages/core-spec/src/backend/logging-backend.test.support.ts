import { graphBuilder } from "../graph/builder.js";
import { opNames, type OpName } from "../registry.js";
import { float32 } from "../tensor.js";
import type { Backend } from "./backend.js";
import type { OpSupport } from "./capabilities.js";
import type { BoundFeeds } from "./feeds.js";
import { manageBackend, type Driver, type Program } from "./managed.js";
import { capabilities } from "./toy-backend.test.support.js";

const native = Object.fromEntries(opNames.map((op) => [op, "native"])) as Record<OpName, OpSupport>;
const g = graphBuilder("net");
export const graph = g.build({ y: g.relu({ x: g.input("x", ["N", 2]) }) });
export const x = float32([1, 2], [1, 2]);

export interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}
export function deferred(): Deferred {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
/** Long enough for every promise that can settle to settle. */
export const settle = (): Promise<void> => new Promise((done) => void setTimeout(done));

/** A backend whose program returns its feed and logs its calls; `change` replaces parts of the driver or program. */
export function loggingBackend(change: { driver?: Partial<Driver>; program?: Partial<Program> } = {}): {
  backend: Backend;
  log: string[];
} {
  const log: string[] = [];
  const program: Program = {
    run: async ({ tensors }: BoundFeeds) => {
      log.push("run");
      return { y: tensors.get("x")! };
    },
    dispose: async () => void log.push("program disposed"),
    ...change.program,
  };
  const backend = manageBackend({
    id: "logging",
    capabilities: { ...capabilities, ops: native },
    load: async () => {
      log.push("load");
      return program;
    },
    memory: () => ({ buffers: 0, bytes: 0 }),
    dispose: async () => void log.push("driver disposed"),
    ...change.driver,
  });
  return { backend, log };
}
