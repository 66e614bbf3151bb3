import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, graphToJson } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { writeSafetensors } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconvHere } from "./command.test.support.js";
import { isOwnNetwork } from "./own-network.js";

let folder: string;
const file = (name: string): string => join(folder, name);
const lenet = createModel("d2l/lenet");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-own-"));
  const json = { ...graphToJson(lenet.graph), name: "mine" };
  await writeFile(file("lenet.json"), JSON.stringify(json));
  const nodes = json.nodes.map((node) => ({ ...node, attributes: {} }));
  await writeFile(file("typo.json"), JSON.stringify({ ...json, nodes }));
  await writeFile(file("broken.json"), "{");
  await writeFile(file("package.json"), "{}");
  const weights = initParameters(lenet.parameters, { seed: 1, scheme: "conformance" });
  await writeFile(file("lenet.safetensors"), writeSafetensors(weights));
  await writeFile(file("image"), writeSafetensors({ image: float32([1, 28, 28], testImage(784)) }));
  await writeFile(file("vector"), writeSafetensors({ x: float32([6], testImage(6)) }));
  const nn = import.meta.resolve("@isoconv/nn");
  await writeFile(
    file("sized.mjs"),
    `import { adaptiveAvgPool2d, conv2d, flatten, linear, sequential, trace } from "${nn}";
     export const network = ({ channels = 3, height = 16, width = 16, classes = 7 }) =>
       trace(
         sequential({
           conv: conv2d(channels, 4, { kernelSize: 3 }),
           pool: adaptiveAvgPool2d(1),
           flatten: flatten(),
           fc: linear(4, classes),
         }),
         { name: "sized", input: { name: "photo", shape: ["N", channels, height, width] } },
       );`,
  );
  await writeFile(
    file("vectors.mjs"),
    `import { linear, sequential, softmax, trace } from "${nn}";
     const layers = sequential({ fc: linear(6, 3), softmax: softmax(1) });
     export default trace(layers, { name: "vectors", input: { shape: ["N", 6] } });`,
  );
  await writeFile(file("throws.mjs"), "export const network = () => { throw new TypeError('no idea'); };");
  await writeFile(file("other.mjs"), "export const network = { graph: 1 };");
  await writeFile(file("empty.mjs"), "export const nothing = 1;");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function testImage(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => Math.sin(index));
}

it("paths are told from names of the zoo", () => {
  const paths = ["./net.js", "../net", "/net", "net.json", "a/net.mjs", "net.ts", "C:\\net"];
  expect(paths.filter((path) => !isOwnNetwork(path))).toEqual([]);
  expect(["d2l/lenet", "resnet18", "squeezenet1_1", "json"].filter(isOwnNetwork)).toEqual([]);
});

describe("a graph as JSON", () => {
  it("has the summary of the network that it was made of", async () => {
    const own = await isoconvHere("summary", file("lenet.json"));
    const zoo = await isoconvHere("summary", "d2l/lenet");
    expect(own).toEqual({ ...zoo, stdout: zoo.stdout.replace("d2l/lenet", "mine") });
  });

  it("runs with a file of weights, and gives the numbers of the network that it was made of", async () => {
    const files = [
      "--backend",
      "reference",
      "--input",
      file("image"),
      "--weights",
      file("lenet.safetensors"),
      "--json",
    ];
    const own = await isoconvHere("run", file("lenet.json"), ...files);
    const zoo = await isoconvHere("run", "d2l/lenet", ...files);
    const logits = (text: string): unknown => (JSON.parse(text) as { outputs: unknown }).outputs;
    expect(own.status).toBe(0);
    expect(logits(own.stdout)).toEqual(logits(zoo.stdout));
  });

  it("is drawn, and compared node by node", async () => {
    expect((await isoconvHere("draw", file("lenet.json"))).stdout).toMatch(
      /<title id="isoconv-mine-\d-title">mine<\/title>/,
    );
    const sides = ["--a", "reference", "--b", "reference", "--weights", "seed:1"];
    const { status, stdout } = await isoconvHere("diff", file("lenet.json"), ...sides);
    expect([status, stdout]).toEqual([0, expect.stringContaining("agree within their bounds")]);
  });
});

describe("a module", () => {
  it("that exports a function is built for the image and the number of classes", async () => {
    const sized = await isoconvHere("summary", file("sized.mjs"), "--input", "1x8x9", "--classes", "2");
    expect(sized.stdout).toMatch(/^sized, input N×1×8×9\n/);
    expect(sized.stdout).toMatch(/fc +linear +N×2 /);
    expect((await isoconvHere("summary", file("sized.mjs"))).stdout).toMatch(/^sized, input N×3×16×16\n/);
  });

  it("may have an input of any name and rank, and end with a softmax", async () => {
    const image = await isoconvHere(
      "run",
      file("sized.mjs"),
      "--backend",
      "reference",
      "--input",
      file("image"),
      "--weights",
      "seed:1",
    );
    expect(image.stdout).toMatch(/\n +0 +\d +class \d +-?\d/);
    const args = ["--backend", "reference", "--input", file("vector"), "--weights", "seed:1", "--json"];
    const { stdout } = await isoconvHere("run", file("vectors.mjs"), ...args);
    const { predictions, outputs } = JSON.parse(stdout) as {
      predictions: { top: { class: number; probability: number }[] }[];
      outputs: { logits: { data: number[] } };
    };
    for (const { class: index, probability } of predictions[0].top) {
      expect(probability).toBeCloseTo(outputs.logits.data[index], 6);
    }
  });

  it("returns features", async () => {
    const args = ["--backend", "reference", "--input", "seed:1", "--weights", "seed:1", "--features", "conv"];
    const { stdout } = await isoconvHere("run", file("sized.mjs"), ...args);
    expect(stdout).toMatch(/conv +1×4×14×14/);
  });

  it("is timed", async () => {
    const args = ["--backend", "reference", "--model", file("sized.mjs"), "--rounds", "1", "--json"];
    const { status, stdout } = await isoconvHere("bench", ...args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: [{ subject: "sized at 3×16×16", kind: "model" }] });
  });
});

describe("what is no network is refused", () => {
  it.each<[string, string[], RegExp]>([
    ["nowhere.json", [], /^isoconv: INVALID_GRAPH: \S+nowhere\.json: the file cannot be read: ENOENT/],
    ["broken.json", [], /^isoconv: INVALID_GRAPH: \S+broken\.json: not JSON/],
    ["package.json", [], /^isoconv: INVALID_GRAPH: \S+package\.json: format: not a graph/],
    [
      "typo.json",
      [],
      /^isoconv: INVALID_ATTRIBUTE: \S+typo\.json: .*attributes: no such field.*Did you mean "attrs"\?/,
    ],
    [
      "lenet.json",
      ["--input", "1x32x32"],
      /^isoconv: INVALID_SHAPE: "mine" --input: .* expected N×1×28×28, got "height 32"/,
    ],
    ["lenet.json", ["--classes", "3"], /^isoconv: INVALID_ATTRIBUTE: "mine" --classes: .* expected 10, got 3/],
    ["nowhere.mjs", [], /^isoconv: INVALID_GRAPH: \S+nowhere\.mjs: the module cannot be imported/],
    [
      "empty.mjs",
      [],
      /^isoconv: INVALID_GRAPH: \S+empty\.mjs: the module exports no network; expected a module that exports/,
    ],
    ["other.mjs", [], /^isoconv: INVALID_GRAPH: \S+other\.mjs: the module exports no network/],
    ["throws.mjs", [], /^isoconv: INVALID_GRAPH: \S+throws\.mjs: the module's network throws: no idea/],
  ])("%s %j", async (name, args, message) => {
    const { status, stderr } = await isoconvHere("summary", file(name), ...args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it("weights of another network, and no weights", async () => {
    const run = ["run", file("sized.mjs"), "--backend", "reference", "--input", "seed:1"];
    const other = await isoconvHere(...run, "--weights", file("lenet.safetensors"));
    expect([other.status, other.stderr]).toEqual([2, expect.stringMatching(/INVALID_WEIGHTS: "sized".*missing/)]);
    const none = await isoconvHere(...run);
    expect(none.stderr).toMatch(/INVALID_WEIGHTS: "sized" --weights: no trained weights come with this network/);
  });
});
