import { createBackend } from "@isoconv/backend-reference";
import { graphBuilder, opNames, type Backend, type Executable, type OpName, type Results } from "@isoconv/core-spec";
import type { AgreementCase, Case } from "../plan/case.js";
import { exampleNetwork } from "@isoconv/judge";
import type { Plan } from "../plan/plan.js";
import { runConformance } from "../run/run-conformance.js";
import type { Expectation } from "../run/expectation.js";
import type { CaseResult, Report } from "./report.js";
import { summarise } from "./summarise.js";

/** A small plan of registry examples, and one network of two operations. */
export function samplePlan(ops: readonly OpName[] = ["relu", "conv2d", "softmax", "maxPool2d"]): Plan {
  const examples = ops.map(exampleCase);
  return planOfCases([...examples, pairCase()]);
}

export function planOfCases(cases: readonly Case[]): Plan {
  return {
    format: "isoconv-conformance-plan",
    version: 1,
    profile: "inference",
    budget: "quick",
    seed: 1,
    share: 1,
    filter: [],
    cases,
    omitted: 0,
  };
}

export function exampleCase(op: OpName): AgreementCase {
  const id = `op/${op}/matrix/example`;
  return {
    id,
    family: "matrix",
    ops: [op],
    network: exampleNetwork(op, id),
    exactly: false,
    history: [{ kind: "run", data: "own" }],
  };
}

function pairCase(): AgreementCase {
  const g = graphBuilder("pair");
  const x = g.input("x", ["N", 3]);
  const graph = g.build({ y: g.tanh({ x: g.relu({ x }, undefined, "r") }, undefined, "t") });
  return {
    id: "trap/pair",
    family: "trap",
    ops: ["relu", "tanh"],
    network: { graph, batch: 2, seed: 1, fills: {} },
    exactly: false,
    history: [{ kind: "run", data: "own" }],
  };
}

/** The reference backend, which adds 1 to the first element of the results of graphs that end in `op`. */
export async function faultyBackend(op: OpName, id = "faulty"): Promise<Backend> {
  const backend = await createBackend();
  const spoil = (executable: Executable): Executable => ({
    graph: executable.graph,
    run: async (...args) => {
      const results = await executable.run(...args);
      const ends = executable.graph.nodes.at(-1)?.op === op;
      return ends ? addOne(results) : results;
    },
    dispose: () => executable.dispose(),
    [Symbol.asyncDispose]: () => executable.dispose(),
  });
  return {
    id,
    capabilities: backend.capabilities,
    compile: async (...args) => spoil(await backend.compile(...args)),
    memory: () => backend.memory(),
    dispose: () => backend.dispose(),
    [Symbol.asyncDispose]: () => backend.dispose(),
  };
}

function addOne(results: Results): Results {
  for (const { data } of Object.values(results)) data[0] = (data[0] ?? 0) + 1;
  return results;
}

/** A report of a backend whose `relu` is wrong. */
export function faultyReport(expectations: readonly Expectation[] = []): Promise<Report> {
  return runConformance(samplePlan(), { create: () => faultyBackend("relu"), expectations });
}

/** A report with every status, hostile texts, and numbers that JSON lacks. */
export async function hostileReport(): Promise<Report> {
  const backend = await createBackend();
  const capabilities = {
    ...backend.capabilities,
    ops: { ...backend.capabilities.ops, gelu: { unsupported: HOSTILE, issue: "https://example.org/1" } },
  };
  await backend.dispose();
  const xfail = { kind: "xfail", cases: "a/*", reason: HOSTILE, link: "https://example.org/2", fails: "zero" } as const;
  const skip = { kind: "skip", cases: "b", reason: "hangs", link: "javascript:alert(1)" } as const;
  const worst = { value: "y", index: [0, 2], expected: -0, got: Number.NaN, bound: Infinity };
  const base = { family: "matrix", ops: ["conv2d"], shares: [] } as const;
  const network = exampleCase("pad2d").network;
  const g = graphBuilder("clipped");
  const clipped = g.build({ y: g.clip({ x: g.input("x", [2]) }, { max: Infinity, min: -0 }, "y") });
  const cases: readonly CaseResult[] = [
    { ...base, id: "a/x", status: "xfail", reason: "all elements are zero", expectation: xfail },
    { ...base, id: "a/y", status: "xpass", reason: "passes", expectation: xfail },
    { ...base, id: "b", status: "skip", reason: "hangs", expectation: skip },
    { ...base, id: "c|`", status: "fail", reason: HOSTILE, shares: [{ op: "conv2d", share: Infinity, worst }] },
    { ...base, id: "d", status: "error", reason: "the oracle failed", counterexample: { ...network, fills: FILLS } },
    {
      ...base,
      id: "e",
      status: "fail",
      replay: { seed: -3, path: "0:1" },
      counterexample: {
        graph: clipped,
        parameters: {},
        feeds: { x: { dtype: "float32", shape: [2], data: new Float32Array([-0, Number.NaN]) } },
      },
    },
    { ...base, id: "f", status: "unsupported", ops: ["gelu"] },
    { ...base, id: "g", status: "pass", shares: [{ op: "conv2d", share: 0.4, worst: { ...worst, got: 1 } }] },
    { ...base, family: "probe", id: "probe/tf32", status: "pass", ops: ["conv2d"], measured: "1.000244 <b>" },
  ];
  const stale = { kind: "skip", cases: "nothing/*", reason: "gone", link: "https://example.org/3" } as const;
  return summarise("hostile <backend>", capabilities, planOfCases(cases.map(() => pairCase())), [stale], cases);
}

const FILLS = {
  x: { kind: "patched", base: { kind: "lattice" }, patches: [{ index: 0, value: -Infinity }] },
  y: { kind: "cycle", values: [-0, 1] },
} as const;

export const HOSTILE = `</script><img src=x onerror=alert(1)> & "quotes" 'single' | pipe \u0000\u001b[31m ]]> \ud800 line\nbreak`;

/** The number of operations of a report. */
export const opCount = opNames.length;
