import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBackend } from "@isoconv/backend-reference";
import { IsoconvError, type Backend } from "@isoconv/core-spec";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planConformance } from "../plan/plan.js";
import { readReport } from "../report/report-json.js";
import { faultyBackend, samplePlan } from "../report/sample-plan.test.support.js";
import { runConformanceCommand, type CommandIo, type ConformanceCommandOptions } from "./conformance-command.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isoconv-conformance-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const defaults: ConformanceCommandOptions = {
  profile: "inference",
  budget: "quick",
  seed: "1",
  share: "1",
  filter: [],
  list: false,
  json: false,
};
const xfail = {
  kind: "xfail",
  cases: "**/relu/**",
  reason: "known",
  link: "https://example.org",
  fails: "got",
} as const;

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly complaints: readonly string[];
  readonly steps: readonly string[];
}

async function command(options: Partial<ConformanceCommandOptions>, io: Partial<CommandIo> = {}): Promise<Outcome> {
  const [stdout, complaints, steps]: string[][] = [[], [], []];
  const status = await runConformanceCommand(
    { ...defaults, ...options },
    {
      print: (text) => void stdout.push(text),
      progress: (text) => void steps.push(text),
      complain: (text) => void complaints.push(text),
      planCases: ({ replay }) => {
        const plan = samplePlan();
        return { ...plan, cases: plan.cases.filter(({ id }) => replay === undefined || replay === id) };
      },
      findBackend: async (id) => {
        switch (id) {
          case "good":
            return { createBackend, isAvailable: async () => ({ available: true }) as const };
          case "bad":
            return { createBackend: () => faultyBackend("relu", "bad") };
          case "known":
            return { createBackend: () => faultyBackend("relu"), expectations: [xfail] };
          case "drifted":
            return { createBackend, expectations: [xfail] };
          case "absent":
            return { createBackend, isAvailable: async () => ({ available: false, reason: "no GPU" }) as const };
          case "broken":
            return { createBackend: () => Promise.reject(new Error("it burns")) };
          default:
            throw new IsoconvError("INVALID_ATTRIBUTE", { path: "--backend", what: "no such backend", received: id });
        }
      },
      ...io,
    },
  );
  return { status, stdout: stdout.join("\n"), complaints: complaints, steps: steps };
}

test.each([
  ["good", 0, /^conformant: all 5 cases/m],
  ["known", 0, /^partial: nothing failed unexpectedly/m],
  ["bad", 1, /^nonconformant: 1 of 5 cases failed/m],
  ["drifted", 2, /^drift: 1 expectations no longer hold/m],
])("the backend %s ends with exit status %d", async (backend, status, line) => {
  const outcome = await command({ backend });
  expect(outcome.stdout).toMatch(line);
  expect(outcome.status).toBe(status);
  expect(outcome.steps).toHaveLength(5);
});

test("the text has a line for each finding, totals, families, the worst shares, and the next commands", async () => {
  const { stdout } = await command({ backend: "bad" });
  expect(stdout).toMatch(/^fail {3}op\/relu\/matrix\/example: .*expected .* got/m);
  expect(stdout).toMatch(/^totals {4}5 cases: 4 pass, 1 fail$/m);
  expect(stdout).toMatch(/^families {2}matrix: 3 pass, 1 fail\n {10}trap: 1 pass$/m);
  expect(stdout).toMatch(/^worst {5}relu: ∞ of its bound in op\/relu\/matrix\/example$/m);
  expect(stdout).toMatch(/^not run {3}no case of /m);
  expect(stdout).toMatch(/took \d+\.\d s\./);
  expect(stdout).toMatch(/^Next: isoconv conformance --backend bad --replay op\/relu\/matrix\/example --seed 1$/m);
});

test("--bail stops at the first failure and says how many cases were not run", async () => {
  const { stdout, status, steps } = await command({ backend: "bad", bail: true });
  expect(status).toBe(1);
  expect(steps.length).toBeLessThan(5);
  expect(stdout).toMatch(/^totals {4}5 cases: .*1 fail, \d skip$/m);
  expect(stdout).toMatch(/^not run {3}\d cases? after the first failure, where the run stopped$/m);
});

test("commands that repeat a finding name a backend by its path if it was given by path", async () => {
  const path = join(folder, "my backend.js");
  writeFileSync(path, 'export const createBackend = () => globalThis.makeFaulty("relu", "mine");');
  const report = join(folder, "by-path");
  const repro = join(folder, "by-path-repro");
  Object.assign(globalThis, { makeFaulty: faultyBackend });
  const { stdout } = await command({ backend: path, report, writeRepro: repro });
  Reflect.deleteProperty(globalThis, "makeFaulty");
  const again = `--backend '${path}' --replay op/relu/matrix/example`;
  expect(stdout).toContain(again);
  expect(readFileSync(join(report, "summary.md"), "utf8")).toContain(again);
  expect(readFileSync(join(report, "junit.xml"), "utf8")).toContain(again);
  expect(readFileSync(join(repro, "op-relu-matrix-example", "README.md"), "utf8")).toContain(again);
  expect(readReport(readFileSync(join(report, "report.json"), "utf8"))).toMatchObject({
    backend: "mine",
    target: path,
  });
});

test("a failed probe shows the declared and the measured value", async () => {
  const createLiar = async (): Promise<Backend> => {
    const backend = await createBackend();
    return {
      id: "liar",
      capabilities: { ...backend.capabilities, arithmetic: "tf32" },
      compile: (...args) => backend.compile(...args),
      memory: () => backend.memory(),
      dispose: () => backend.dispose(),
      [Symbol.asyncDispose]: () => backend.dispose(),
    };
  };
  const report = join(folder, "probes");
  const { stdout } = await command(
    { backend: "liar", report },
    {
      planCases: () => planConformance({ filter: ["probe/arithmetic"] }),
      findBackend: async () => ({ createBackend: createLiar }),
    },
  );
  const told = "declared tf32; measured f32 (inputs of float32";
  expect(stdout).toContain(`probe  fail         probe/arithmetic: ${told}`);
  expect(readFileSync(join(report, "summary.md"), "utf8")).toContain(`\`probe/arithmetic\` | fail | ${told}`);
  expect(readFileSync(join(report, "report.html"), "utf8")).toContain(`fail</b> ${told}`);
});

test("--json prints only the report, with the verdict and totals", async () => {
  const { stdout, status } = await command({ backend: "bad", json: true });
  expect(readReport(stdout)).toMatchObject({ verdict: "nonconformant", totals: { pass: 4, fail: 1 } });
  expect(status).toBe(1);
});

test("--list prints the ids or the plan, without a backend", async () => {
  const { stdout, status } = await command({ list: true });
  expect(stdout.split("\n")).toEqual(samplePlan().cases.map(({ id }) => id));
  expect(status).toBe(0);
  const { cases } = JSON.parse((await command({ list: true, json: true })).stdout);
  expect(cases[0]).toMatchObject({ id: "op/relu/matrix/example", family: "matrix" });
});

test("--replay runs one case and prints its details", async () => {
  const { stdout, status, steps } = await command({ backend: "bad", replay: "op/relu/matrix/example" });
  expect(status).toBe(1);
  expect(steps).toHaveLength(1);
  expect(stdout).toMatch(/^op\/relu\/matrix\/example: fail$/m);
  expect(stdout).toMatch(/^worst +y\[0.*expected .* ± .*, got /m);
  expect(stdout).toMatch(/^graph op\/relu\/matrix\/example$/m);
  expect(stdout).toMatch(/y: .* = relu\(x: x\)/);
  const good = await command({ backend: "good", replay: "op/conv2d/matrix/example" });
  expect(good.status).toBe(0);
  expect(good.stdout).toMatch(/^share +conv2d: [\d.]+ % of its bound$/m);
});

test("--report writes the report in every format", async () => {
  const report = join(folder, "deep", "report");
  const { stdout } = await command({ backend: "bad", report });
  expect(readdirSync(report).toSorted()).toEqual(["junit.xml", "report.html", "report.json", "summary.md"]);
  expect(readReport(readFileSync(join(report, "report.json"), "utf8")).cases).toHaveLength(5);
  expect(stdout).toContain(`Written: ${join(report, "report.json")}`);
});

test("--write-repro writes a folder for each failing case", async () => {
  const repro = join(folder, "repro");
  await command({ backend: "bad", writeRepro: repro }, { exportOnnx: () => new Uint8Array([1]) });
  expect(readdirSync(repro)).toEqual(["op-relu-matrix-example"]);
  expect(readFileSync(join(repro, "op-relu-matrix-example", "README.md"), "utf8")).toContain("worst element");
  expect(existsSync(join(repro, "op-relu-matrix-example", "model.onnx"))).toBe(true);
});

test.each([
  [{ backend: "absent" }, /BACKEND_UNAVAILABLE: absent: no GPU/],
  [{ backend: "broken" }, /BACKEND_UNAVAILABLE: broken: it burns/],
  [{ backend: "nobody" }, /no such backend/],
  [{}, /--backend: no backend/],
  [{ backend: "./nowhere.js" }, /BACKEND_UNAVAILABLE: \.\/nowhere\.js: the module cannot be imported/],
  [{ backend: "good", report: "/dev/null/report" }, /--report: .*a folder to write to/],
])("%o could not run: exit status 3 and one line why", async (options, why) => {
  const { status, complaints, stdout } = await command(options);
  expect(status).toBe(3);
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(why);
  expect(stdout).toBe("");
});

test.each([
  [{ budget: "tiny" }, /budget/],
  [{ profile: "training" }, /profile/],
  [{ seed: "1.5" }, /seed/],
  [{ filter: ["no/such/case"] }, /filter/],
])("the planner's refusal of %o is exit status 3", async (options, why) => {
  const { status, complaints } = await command({ backend: "good", ...options }, { planCases: undefined });
  expect(status).toBe(3);
  expect(complaints[0]).toMatch(why);
});

test("a path is imported as a module, and its expectations are used", async () => {
  const path = join(folder, "backend.mjs");
  const reference = import.meta.resolve("@isoconv/backend-reference");
  writeFileSync(
    path,
    `export { createBackend } from ${JSON.stringify(reference)};\nexport const expectations = [${JSON.stringify(xfail)}];\n`,
  );
  expect((await command({ backend: path })).status).toBe(2);
  writeFileSync(join(folder, "empty.mjs"), "export const nothing = 1;\n");
  const { complaints } = await command({ backend: join(folder, "empty.mjs") });
  expect(complaints[0]).toMatch(/is no backend; expected a module that exports the function createBackend/);
});

test.each([
  [{ replay: "op/none" }, /replay: no case matches.*got "op\/none"/],
  [{ replay: "op/relu/**" }, /replay: no case matches/],
  [
    { filter: ["trap/*", "op/rleu/**"] },
    /filter: no case matches.*got "op\/rleu\/\*\*". Did you mean op\/relu\/\*\*\?/,
  ],
])("%o asks for no case: exit status 3 and what was meant", async (options, why) => {
  const { status, complaints } = await command({ backend: "good", ...options }, { planCases: planConformance });
  expect(status).toBe(3);
  expect(complaints).toEqual([expect.stringMatching(why)]);
});
