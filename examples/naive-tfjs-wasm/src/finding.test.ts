import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** `npm run test:full` sets it. */
const isFull = process.env["ISOCONV_FULL"] === "1";
const root = new URL("../../../", import.meta.url);
const command = fileURLToPath(new URL("apps/cli/bin/isoconv.js", root));
const story = await readFile(new URL("docs/worked-example.md", root), "utf8");

interface Ran {
  readonly status: number;
  readonly stdout: string;
}

/** Runs a script in a separate Node process: corrupted wasm memory must not reach another test. */
async function node(...args: readonly string[]): Promise<Ran> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
    return { status: 0, stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { status: code, stdout };
  }
}

const conformance = (module: string, ...rest: readonly string[]): Promise<Ran> =>
  node(command, "conformance", "--backend", fileURLToPath(new URL(`../dist/${module}`, import.meta.url)), ...rest);

const failedCases = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/^fail\s+(\S+):/gm)].map(([, id]) => id ?? "");

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "isoconv-naive-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the naive adapter", () => {
  it("fails in every trap that the story names, at the indices it names", async () => {
    const { status, stdout } = await conformance("index.js", "--filter", "trap/**");
    expect(status).toBe(1);
    const told = [...story.matchAll(/^(fail\s+trap\/\S+: output "y" \(\w+\): outside its bound at )(\[[\d, ]+\])?/gm)];
    expect(told.length).toBeGreaterThanOrEqual(5);
    for (const [, start, index] of told) expect(stdout).toContain(`${start}${index ?? ""}`);
    expect(failedCases(stdout)).toHaveLength(told.length);
    expect(failedCases(stdout).every((id) => /^trap\/(max|avg)pool.*ceil/.test(id))).toBe(true);
  });

  it("leaves a repro that shows that the graph is correct", async () => {
    await conformance("index.js", "--filter", "trap/maxpool-k3-s2-ceil-at-28", "--write-repro", folder);
    const [name] = await readdir(folder);
    const files = await readdir(join(folder, name ?? ""));
    expect(files).toEqual(expect.arrayContaining(["README.md", "graph.json", "inputs.safetensors", "model.onnx"]));
    const readme = await readFile(join(folder, name ?? "", "README.md"), "utf8");
    expect(readme).toContain("pads=[0, 0, 1, 1]");
  });
});

it("with explicit pads, passes everywhere", async () => {
  const part = isFull ? [] : ["trap/**", "op/*Pool2d/exact/**", "op/conv2d/exact/**"];
  const { status, stdout } = await conformance("fixed.js", ...part.flatMap((glob) => ["--filter", glob]));
  expect(failedCases(stdout)).toEqual([]);
  expect(status).toBe(0);
  expect(stdout).toContain("partial: nothing failed unexpectedly, but not all of the inference profile was run");
});

it("the script for the runtime's maintainers reproduces the defect without isoconv", async () => {
  const script = new URL("docs/repro/tfjs-wasm-ceil-pooling/repro.mjs", root);
  expect(await readFile(script, "utf8")).not.toContain("isoconv");
  const { status, stdout } = await node(fileURLToPath(script));
  expect(status).toBe(1);
  expect(stdout).toMatch(/^cpu .* 11 12 15 16 {2}right$/m);
  expect(stdout).toMatch(/^wasm .*WRONG$/m);
});
