import { createBackend } from "@isoconv/backend-reference";
import { IsoconvError, type Backend, type Executable } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import type { AgreementCase } from "../plan/case.js";
import { oneOpNetwork } from "@isoconv/judge";
import type { Plan } from "../plan/plan.js";
import type { CaseResult, Report } from "../report/report.js";
import { notRun } from "../report/wording.js";
import type { Expectation } from "./expectation.js";
import { runConformance } from "./run-conformance.js";

const agreement = (id: string, op: "relu" | "lrn", attrs: Readonly<Record<string, unknown>> = {}): AgreementCase => ({
  id,
  family: "matrix",
  ops: [op],
  network: oneOpNetwork(id, op, { x: [1, 3, 2, 2] }, attrs),
  exactly: false,
  history: [{ kind: "run", data: "own" }],
});

const plan: Plan = {
  format: "isoconv-conformance-plan",
  version: 1,
  profile: "inference",
  budget: "quick",
  seed: 1,
  share: 1,
  filter: [],
  cases: [agreement("op/relu/matrix/a", "relu"), agreement("op/lrn/matrix/s3", "lrn", { size: 3 })],
  omitted: 0,
};

/** The reference with some methods replaced. */
async function altered(change: {
  capabilities?: Partial<Backend["capabilities"]>;
  compile?: (backend: Backend, ...rest: Parameters<Backend["compile"]>) => Promise<Executable>;
}): Promise<Backend> {
  const backend = await createBackend();
  return {
    id: "altered",
    capabilities: { ...backend.capabilities, ...change.capabilities },
    compile: (...rest) => (change.compile === undefined ? backend.compile(...rest) : change.compile(backend, ...rest)),
    memory: () => backend.memory(),
    dispose: () => backend.dispose(),
    [Symbol.asyncDispose]: () => backend.dispose(),
  };
}

/** Doubles every result of relu. */
const wrongRelu = (): Promise<Backend> =>
  altered({
    compile: async (backend, graph, ...rest) => {
      const executable = await backend.compile(graph, ...rest);
      if (graph.nodes[0]?.op !== "relu") return executable;
      return {
        graph,
        dispose: () => executable.dispose(),
        [Symbol.asyncDispose]: () => executable.dispose(),
        run: async (feeds) => {
          const { y } = await executable.run(feeds);
          if (y?.dtype !== "float32") throw new Error("no y");
          return { y: { ...y, data: y.data.map((value) => 2 * value) } };
        },
      };
    },
  });

const statusesOf = ({ cases }: Report): readonly string[] => cases.map(({ status }) => status);
const xfail: Expectation = {
  kind: "xfail",
  cases: "op/relu/**",
  reason: "it doubles",
  link: "https://example.org/1",
  fails: "outside its bound",
};

describe("statuses", () => {
  it("pass if every result is right, and the verdict is conformant", async () => {
    const seen: CaseResult[] = [];
    const report = await runConformance(plan, { create: createBackend, onResult: (result) => void seen.push(result) });
    expect(statusesOf(report)).toEqual(["pass", "pass"]);
    expect(report).toMatchObject({ backend: "reference", verdict: "conformant", stale: [] });
    expect(report.totals).toMatchObject({ pass: 2, fail: 0 });
    expect(seen).toEqual(report.cases);
  });

  it("fail if a result is wrong, with the operation and its worst element", async () => {
    const report = await runConformance(plan, { create: wrongRelu });
    expect(statusesOf(report)).toEqual(["fail", "pass"]);
    expect(report.verdict).toBe("nonconformant");
    expect(report.cases[0]?.reason).toMatch(/^output "y" \(relu\): outside its bound at \[/);
    expect(report.ops.find(({ op }) => op === "relu")).toMatchObject({
      families: { matrix: { fail: 1 } },
      worst: { share: Infinity, case: "op/relu/matrix/a" },
    });
  });

  it("xfail if a case fails as expected, and the verdict is partial", async () => {
    const report = await runConformance(plan, { create: wrongRelu, expectations: [xfail] });
    expect(statusesOf(report)).toEqual(["xfail", "pass"]);
    expect(report.verdict).toBe("partial");
    expect(report.cases[0]?.expectation).toEqual(xfail);
  });

  it("fail if a case fails in another way than expected", async () => {
    const report = await runConformance(plan, { create: wrongRelu, expectations: [{ ...xfail, fails: "a shape" }] });
    expect(statusesOf(report)).toEqual(["fail", "pass"]);
  });

  it("xpass if an expected failure passes, and the verdict is drift", async () => {
    const report = await runConformance(plan, { create: createBackend, expectations: [xfail] });
    expect(statusesOf(report)).toEqual(["xpass", "pass"]);
    expect(report.verdict).toBe("drift");
  });

  it("skip if an expectation says so, and the case is not run", async () => {
    const skip: Expectation = { kind: "skip", cases: "op/relu/**", reason: "hangs", link: "https://example.org/2" };
    const report = await runConformance(plan, { create: wrongRelu, expectations: [skip] });
    expect(statusesOf(report)).toEqual(["skip", "pass"]);
    expect(report.verdict).toBe("partial");
  });

  it("unsupported if that is declared and compiling is refused; fail if it compiles", async () => {
    const { ops } = (await createBackend()).capabilities;
    const capabilities = { ops: { ...ops, lrn: { unsupported: "no time", issue: "https://example.org/3" } } };
    const refusing = (): Promise<Backend> =>
      altered({
        capabilities,
        compile: async (backend, graph, ...rest) => {
          if (graph.nodes[0]?.op !== "lrn") return backend.compile(graph, ...rest);
          throw new IsoconvError("UNSUPPORTED", { op: "lrn", what: "no time" });
        },
      });
    expect(statusesOf(await runConformance(plan, { create: refusing }))).toEqual(["pass", "unsupported"]);
    const report = await runConformance(plan, { create: () => altered({ capabilities }) });
    expect(statusesOf(report)).toEqual(["pass", "fail"]);
    expect(report.cases[1]?.reason).toBe("lrn: declared unsupported, but compiled");
  });

  it("error if an error without a code is thrown", async () => {
    const create = (): Promise<Backend> =>
      altered({
        compile: () => Promise.reject(new TypeError("oops")),
      });
    const report = await runConformance(plan, { create });
    expect(statusesOf(report)).toEqual(["error", "error"]);
    expect(report.verdict).toBe("nonconformant");
  });
});

describe("expectations", () => {
  it("that match no case are stale, and the verdict is drift", async () => {
    const stale = { ...xfail, cases: "op/relu/matrix/gone" };
    const report = await runConformance(plan, { create: createBackend, expectations: [stale] });
    expect(report).toMatchObject({ verdict: "drift", stale: [stale] });
  });
  it("of an unknown kind are refused", async () => {
    const run = runConformance(plan, { create: createBackend, expectations: [{ ...xfail, kind: "xfial" as "xfail" }] });
    await expect(run).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: "expectations[0].kind" });
  });
  it("without reason, link or fails are refused", async () => {
    for (const key of ["reason", "link", "fails"]) {
      const run = runConformance(plan, { create: createBackend, expectations: [{ ...xfail, [key]: " " }] });
      await expect(run).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: `expectations[0].${key}` });
    }
  });
});

it.each<[object, RegExp]>([
  [{ expectation: [] }, /^INVALID_ATTRIBUTE: runConformance options.expectation: .*Did you mean "expectations"\?$/],
  [{ timeout: "50" }, /options.timeout: .*a number above 0, got "50"/],
])("refuses the options %j", async (options, message) => {
  await expect(runConformance(plan, { create: createBackend, ...options })).rejects.toThrow(message);
});

describe("a backend that does not answer", () => {
  it("fails the case and is replaced", async () => {
    let created = 0;
    const create = (): Promise<Backend> => {
      created += 1;
      return altered({
        compile: (backend, graph, ...rest) =>
          graph.nodes[0]?.op === "relu" ? new Promise(() => {}) : backend.compile(graph, ...rest),
      });
    };
    const report = await runConformance(plan, { create, timeout: 50 });
    expect(statusesOf(report)).toEqual(["fail", "pass"]);
    expect(report.cases[0]?.reason).toContain("no answer within 0.05 s");
    expect(created).toBe(2);
  });
});

it("refuses a backend that declares an unknown capability, and names the choices", async () => {
  for (const [field, value] of Object.entries({ arithmetic: "fp32", convAlgorithm: "im2col", nonFinite: "yes" })) {
    const create = (): Promise<Backend> => altered({ capabilities: { [field]: value } });
    const run = runConformance(plan, { create });
    await expect(run).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: `capabilities.${field}` });
    await expect(run).rejects.toThrow(/expected \S+ or /);
  }
});

it("stops at the first failure if told to, and reports the other cases as not run", async () => {
  const seen: string[] = [];
  const onResult = ({ id }: { readonly id: string }): void => void seen.push(id);
  const report = await runConformance(plan, { create: wrongRelu, stopAtFirstFailure: true, onResult });
  expect(statusesOf(report)).toEqual(["fail", "skip"]);
  expect(report).toMatchObject({ verdict: "nonconformant", totals: { fail: 1, skip: 1 } });
  expect(report.cases[1]?.reason).toBe(`not run: the run stopped at ${plan.cases[0].id}`);
  expect(seen).toEqual([plan.cases[0].id]);
  expect(notRun(report)).toContain("1 case after the first failure, where the run stopped");
  const whole = await runConformance(plan, { create: createBackend, stopAtFirstFailure: true });
  expect(statusesOf(whole)).toEqual(["pass", "pass"]);
});

it("counts the cases after an abort as not judged", async () => {
  const controller = new AbortController();
  const onResult = (): void => controller.abort();
  const report = await runConformance(plan, { create: createBackend, signal: controller.signal, onResult });
  expect(statusesOf(report)).toEqual(["pass", "error"]);
  expect(Object.values(report.totals).reduce((sum, count) => sum + count)).toBe(plan.cases.length);
});
