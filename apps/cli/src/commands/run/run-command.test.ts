import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, uniform, type TensorOf, type Tensors } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { readSafetensors, writeSafetensors } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconvHere } from "../../command.test.support.js";

let folder: string;
const file = (name: string): string => join(folder, name);

const shape = [1, 3, 32, 32];
const image = (low: number, high: number): TensorOf<"float32"> =>
  float32(shape, uniform(1, "image", 3 * 32 * 32, low, high));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-run-"));
  const model = createModel("squeezenet1_1", { height: 32, width: 32 });
  const weights = initParameters(model.parameters, { seed: 1, scheme: "conformance" });
  const [first] = model.parameters;
  const spoilt = float32(first.shape.map(Number), Float32Array.from(weights[first.name].data));
  spoilt.data[3] = Number.NaN;
  const nan = image(-2, 2);
  nan.data[7] = Number.NaN;
  const files: Record<string, Tensors> = {
    weights,
    "nan-weights": { ...weights, [first.name]: spoilt },
    normalised: { x: image(-2, 2) },
    pixels: { x: image(0, 255) },
    unit: { x: image(0, 1) },
    black: { x: float32(shape) },
    nan: { x: nan },
  };
  for (const [name, tensors] of Object.entries(files)) await writeFile(file(name), writeSafetensors(tensors));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (input: string, weights: string, ...args: string[]) =>
  isoconvHere("run", "squeezenet1_1", "--input", input, "--weights", weights, ...args);

interface Printed {
  readonly warnings: readonly { readonly code: string }[];
  readonly predictions: readonly { readonly top: readonly { readonly name: string; readonly probability: number }[] }[];
}

describe("isoconv run warns of results that mean nothing", () => {
  it.each<[string, string, string, readonly string[]]>([
    ["normalised", "weights", "reference", []],
    ["pixels", "weights", "reference", ["UNNORMALISED_INPUT"]],
    ["unit", "weights", "reference", ["UNNORMALISED_INPUT"]],
    ["black", "weights", "reference", ["CONSTANT_IMAGE"]],
    ["normalised", "nan-weights", "reference", ["NON_FINITE_WEIGHTS", "NON_FINITE_OUTPUT"]],
    ["nan", "weights", "reference", ["NON_FINITE_INPUT", "NON_FINITE_OUTPUT"]],
    ["nan", "weights", "tfjs-wasm", ["NON_FINITE_INPUT"]],
  ])("%s images with %s on %s: %j", async (images, weights, backend, codes) => {
    const { status, stdout, stderr } = await run(file(images), file(weights), "--backend", backend, "--json");
    expect(status).toBe(0);
    const printed = JSON.parse(stdout) as Printed;
    expect(printed.warnings.map(({ code }) => code)).toEqual(codes);
    const lines = stderr.split("\n").filter((line) => line.startsWith("isoconv: warning: "));
    expect(lines.map((line) => line.split(": ")[2])).toEqual(codes);
  });

  it("says that a backend may return a class for NaN", async () => {
    const { stderr } = await run(file("nan"), file("weights"), "--backend", "tfjs-wasm");
    expect(stderr).toMatch(
      /NON_FINITE_INPUT: .*first NaN at \[0, 0, 0, 7\]\. This backend may drop NaN and still return/,
    );
  });

  it("is silent about drawn images and drawn weights", async () => {
    const drawn = await run("seed:1", "seed:1", "--backend", "reference", "--json");
    expect((JSON.parse(drawn.stdout) as Printed).warnings).toEqual([]);
    const googlenet = ["run", "googlenet", "--backend", "onnx-node", "--input", "seed:1", "--weights", "seed:1"];
    expect((await isoconvHere(...googlenet)).stderr).not.toContain("warning");
  });
});

describe("isoconv run", () => {
  it("has the most likely classes, their probabilities and names in JSON", async () => {
    const args = ["--backend", "reference", "--json", "--top", "3"];
    const { stdout } = await run(file("normalised"), file("weights"), ...args);
    const [{ top }] = (JSON.parse(stdout) as Printed).predictions;
    expect(top).toHaveLength(3);
    expect(top.map(({ name }) => name)).not.toContainEqual(expect.stringMatching(/^class \d/));
    const probabilities = top.map(({ probability }) => probability);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
  });

  it("writes the outputs alone to stdout for --output -", async () => {
    const { stdout, stderr } = await run("seed:1", "seed:1", "--backend", "reference", "--output", "-");
    const written = readSafetensors(Buffer.from(stdout, "latin1"));
    expect(written.tensors.get("logits")?.shape).toEqual([1, 1000]);
    expect(stderr).toMatch(/squeezenet1_1 \(seeded weights 1\) on reference/);
  });

  it.each<[string, string[], RegExp]>([
    ["two results for one stdout", ["--output", "-", "--json"], /--json and --output - both write to stdout/],
    ["an extension of another content", ["--output", "x.json"], /the command writes safetensors, not what \.json/],
    ["a feature that there is not", ["--features", "features.99"], /expected one of features\.0, features\.1,/],
  ])("refuses %s", async (_what, args, message) => {
    const { status, stderr } = await run("seed:1", "seed:1", "--backend", "reference", ...args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
