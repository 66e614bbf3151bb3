import { createBackend as createReference } from "@isoconv/backend-reference";
import {
  float32,
  median,
  pickBackend,
  uniform,
  type Backend,
  type BackendModule,
  type Tensor,
} from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { beforeEach, describe, expect, it } from "vitest";
import { oracleJudge, referenceResults } from "@isoconv/judge";
import { modules } from "./node.js";
import { backendsOn, runsAnywhere, type BackendIdOn } from "./table.js";

const { graph, parameters: specs } = createModel("d2l/lenet");
const parameters = initParameters(specs, { seed: 1 });
const feeds = { input: float32([2, 1, 28, 28], uniform(1, "input", 2 * 28 * 28, -1, 1)) };

const real = backendsOn("node")
  .filter((row) => row.id !== "reference" && runsAnywhere(row))
  .map(({ id }) => id);

let created: string[];
let disposed: string[];
beforeEach(() => {
  created = [];
  disposed = [];
});

/** A backend whose creation and disposal are recorded. */
const counted = (id: BackendIdOn<"node">) => ({
  id,
  load: async (): Promise<BackendModule> => {
    const { createBackend, isAvailable } = await modules[id]();
    return { isAvailable, createBackend: async () => watch(id, await createBackend()) };
  },
});

function watch(name: string, backend: Backend): Backend {
  created.push(name);
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => dispose().finally(() => disposed.push(name));
  return backend;
}

const scaled = ({ shape, data }: Tensor, factor: number): Tensor =>
  float32(
    shape,
    Float32Array.from(data, (value) => value * factor),
  );

/** The reference with parameters that are 0.1 % too large. */
const faulty: BackendModule = {
  createBackend: async () => {
    const backend = watch("faulty", await createReference());
    const compile = backend.compile.bind(backend);
    backend.compile = (network, weights, options) => {
      const spoilt = Object.entries(weights).map(([name, tensor]) => [name, scaled(tensor, 1.001)]);
      return compile(network, Object.fromEntries(spoilt), options);
    };
    return backend;
  },
};

const trial = { measure: true, graph, parameters, feeds, rounds: 3 } as const;

describe("pickBackend on real backends", () => {
  it.each(["the oracle", "each other"])(
    "takes the fastest backend that agrees with %s, and refuses the faulty one",
    async (by) => {
      const agree = by === "the oracle" ? oracleJudge(graph, parameters, feeds) : undefined;
      const gone = { id: "gone", load: () => Promise.reject<BackendModule>(new Error("Cannot find package")) };
      const candidates = [gone, { id: "faulty", load: async () => faulty }, ...real.map(counted)];
      const { backend, refused, measured } = await pickBackend(candidates, { ...trial, agree });
      expect(measured.map(({ id }) => id).toSorted()).toEqual(real);
      expect(backend.id).toBe(measured[0].id);
      expect(median(measured.map(({ milliseconds }) => milliseconds))).toBeGreaterThan(measured[0].milliseconds);
      expect(refused.map(({ id }) => id)).toEqual(["gone", "faulty"]);
      expect(refused[1].reason).toMatch(by === "the oracle" ? /output "logits": deviates by/ : /as 4 of 5 have it/);
      expect(disposed.toSorted()).toEqual(created.filter((name) => name !== backend.id).toSorted());

      const expected = await referenceResults(graph, parameters, feeds);
      const results = await (await backend.compile(graph, parameters)).run(feeds);
      expect(await oracleJudge(graph, parameters, feeds)(results, backend)).toBeUndefined();
      expect(results["logits"].shape).toEqual(expected.get("logits")?.shape);
      await backend.dispose();
      expect(disposed).toHaveLength(created.length);
    },
  );
});

describe("oracleJudge", () => {
  it("names the output that deviates or is not returned", async () => {
    const judge = oracleJudge(graph, parameters, feeds);
    await using backend = await createReference();
    const results = await (await backend.compile(graph, parameters)).run(feeds);
    expect(await judge(results, backend)).toBeUndefined();
    expect(await judge({}, backend)).toBe('output "logits": not returned');
    expect(await judge({ logits: scaled(results["logits"], 1.001) }, backend)).toMatch(/^output "logits": deviates by/);
  });

  it("allows a coarser declared class its own rounding", async () => {
    const judge = oracleJudge(graph, parameters, feeds);
    await using backend = await createReference();
    const { logits } = await (await backend.compile(graph, parameters)).run(feeds);
    const rounded = { logits: scaled(logits, 1 + 2 ** -11) };
    expect(await judge(rounded, backend)).toBeDefined();
    const half = { id: "half", capabilities: { ...backend.capabilities, arithmetic: "f16" } } as const;
    expect(await judge(rounded, half)).toBeUndefined();
  });
});
