import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchReport } from "@isoconv/inspect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv, isoconvHere } from "../../command.test.support.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-bench-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const quick = ["--backend", "onnx-node", "--backend", "tfjs-wasm", "--op", "softmax", "--rounds", "5"];

describe("isoconv bench", () => {
  it("prints tables of speeds and start times, with machine, runtimes and what is not measured", async () => {
    const { status, stdout } = await isoconv(folder, "bench", ...quick, "--model", "d2l/lenet");
    expect(status).toBe(0);
    expect(stdout).toMatch(/cores, .*Node \d+.*; 5 rounds in 5 sessions\n/);
    expect(stdout).toMatch(/onnx-node\s+onnxruntime-node [\d.]+\s+cpu/);
    expect(stdout).toMatch(/operation\s+backend\s+ms\s+vs baseline\s+GMAC\/s\s+GB\/s/);
    expect(stdout).toMatch(/softmax 1000\s+onnx-node\s+[\d.]+\s+baseline\s+–\s+[\d.]+/);
    expect(stdout).toMatch(/d2l\/lenet at 1×28×28\s+tfjs-wasm\s+[\d.]+\s+(×|no significant difference).*\d/);
    expect(stdout).toMatch(/compile ms\s+first run ms\s+steady ms/);
    expect(stdout).toMatch(/not measured/);
  });

  it("writes the report that --json prints", async () => {
    const { status, stdout } = await isoconv(folder, "bench", ...quick, "--json", "--report", "bench.json");
    expect(status).toBe(0);
    expect(await readFile(join(folder, "bench.json"), "utf8")).toBe(stdout);
    const report = JSON.parse(stdout) as BenchReport;
    expect(report).toMatchObject({ format: "isoconv-bench-report", baseline: "onnx-node", rounds: 5 });
    expect(report.rows.map(({ backend, result }) => [backend, result.status])).toEqual([
      ["onnx-node", "measured"],
      ["tfjs-wasm", "measured"],
    ]);
  });

  it("prints the report alone to stdout for --report -", async () => {
    const args = ["--backend", "onnx-node", "--op", "softmax", "--rounds", "1", "--report", "-"];
    const { stdout, stderr } = await isoconvHere("bench", ...args);
    expect(JSON.parse(stdout)).toMatchObject({ format: "isoconv-bench-report" });
    expect(stderr).toMatch(/softmax 1000\s+onnx-node/);
    expect(JSON.parse((await isoconvHere("bench", ...args, "--json")).stdout)).toMatchObject({ seed: 1 });
  });

  it.each([
    ["a report of another name", /the command writes JSON, not what \.html/, ["--report", "speed.html"]],
    ["a glob that matches nothing", /--op nope: matches nothing; expected a glob of one of conv2d/, ["--op", "nope"]],
    ["an unknown network", /Did you mean "d2l\/lenet"/, ["--model", "d2l/lenett"]],
    ["a baseline that is not timed", /baseline: not among the backends/, [...quick, "--baseline", "tfjs-cpu"]],
    ["an invalid seed", /whole number below 2³²/, ["--seed", "x"]],
  ])("refuses %s", async (_what, message, args) => {
    const { status, stderr } = await isoconv(folder, "bench", ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
