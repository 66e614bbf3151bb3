import { createBackend } from "@isoconv/backend-reference";
import { referenceResults } from "@isoconv/judge";
import { IsoconvError, float32, graphBuilder, type Backend, type Executable } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import type { BackendEntry } from "../../backends.js";
import { measureBackends, type Task } from "./measure.js";

async function tinyTask(): Promise<Task> {
  const g = graphBuilder("tiny");
  const x = g.input("input", ["N", 1, 2, 2]);
  const w = g.parameter("w", [3, 4]);
  const graph = g.build({ logits: g.linear({ x: g.flatten({ x }), w }) });
  const parameters = { w: float32([3, 4], [1, 0.1, 0.2, 0.3, -1, 0.7, 0.1, 0.9, 0.5, 0.5, 0.3, 0.1]) };
  const images = float32([2, 1, 2, 2], [1, 0.1, 0.3, 0.7, 0.2, 0.9, 0.4, 0.8]);
  const reference = (await referenceResults(graph, parameters, { input: images })).get("logits");
  if (reference === undefined) throw new Error("no logits");
  return { graph, parameters, images, labels: [0, 1], reference, threads: undefined, rounds: 1 };
}

/** The reference backend with its results altered. */
function altered(id: string, alter: (data: Float32Array) => void): BackendEntry {
  const create = async (): Promise<Backend> => {
    const backend = await createBackend();
    const compile: Backend["compile"] = async (...args) => {
      const executable = await backend.compile(...args);
      const run: Executable["run"] = async (...runArgs) => {
        const results = await executable.run(...runArgs);
        for (const { data } of Object.values(results)) if (data instanceof Float32Array) alter(data);
        return results;
      };
      return {
        graph: executable.graph,
        run,
        dispose: () => executable.dispose(),
        [Symbol.asyncDispose]: () => executable.dispose(),
      };
    };
    const { capabilities } = backend;
    return {
      id,
      capabilities,
      compile,
      memory: () => backend.memory(),
      dispose: () => backend.dispose(),
      [Symbol.asyncDispose]: () => backend.dispose(),
    };
  };
  return { id, load: async () => ({ createBackend: create, isAvailable: async () => ({ available: true }) }) };
}

const honest = altered("honest", () => {});
const wrong = altered("wrong", (data) => (data[0] += 1e-3));
const throwing = altered("throwing", () => {
  throw new IsoconvError("EXECUTION_FAILED", { what: "boom" });
});
const absent: BackendEntry = {
  id: "absent",
  load: async () => ({ createBackend, isAvailable: async () => ({ available: false, reason: "no such hardware" }) }),
};

describe("measureBackends", () => {
  it("separates backends that agree, disagree, fail or are unavailable, in the requested order", async () => {
    const rows = await measureBackends([wrong, honest, absent, throwing], await tinyTask(), () => {});
    expect(rows).toMatchObject([
      { backend: "wrong", status: "ran", agrees: false },
      { backend: "honest", status: "ran", agrees: true, accuracy: 1, predictions: [0, 1] },
      { backend: "absent", status: "unavailable", reason: expect.stringContaining("no such hardware") },
      { backend: "throwing", status: "failed", reason: expect.stringContaining("boom") },
    ]);
  });

  it("says which image deviates", async () => {
    const [row] = await measureBackends([wrong], await tinyTask(), () => {});
    if (row?.status !== "ran") throw new Error("did not run");
    expect(row.shares[0]).toBeGreaterThan(1);
    expect(row.shares[1]).toBeLessThan(1);
  });
});
