import type { Backend } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreement } from "./agreement.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { randomNetwork } from "./random-graph.test.support.js";
import { createBackend as createWasm } from "./wasm/index.js";

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
])("random networks on %s", (_name, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(() => backend.dispose());

  it.each(Array.from({ length: 150 }, (_, seed) => seed))("are exact: %i", async (seed) => {
    expect(await disagreement(backend, randomNetwork(seed, 14), true)).toBeUndefined();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
  });
});
