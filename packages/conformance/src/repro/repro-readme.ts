import { code, escapeMarkdown } from "../report/markdown.js";
import { formatWorst } from "../report/wording.js";
import type { ReproInput } from "./repro-files.js";

/** The README of a repro. */
export function reproReadme(input: ReproInput, printedGraph: string): string {
  const { title, backend, finding, command, exportOnnx } = input;
  const { name, version } = backend.runtime;
  const worst = finding.worst === undefined ? [] : [`* worst element: ${code(formatWorst(finding.worst))}`];
  return `${[
    `# ${escapeMarkdown(title)}`,
    [
      `* backend: ${code(backend.id)} on ${escapeMarkdown(`${name} ${version}`)}`,
      `* finding: ${escapeMarkdown(finding.reason)}`,
      ...worst,
      `* found by: ${code(command)}`,
    ].join("\n"),
    "The expected values are computed in float64 from the graph below. The bound is the largest error of a correct computation of this graph in the backend's arithmetic class, in any order of additions.",
    "## The network",
    fence("text", printedGraph),
    ...(exportOnnx === undefined ? [] : snippets(backend.runtime)),
    "## Files",
    [
      "* `case.json`: the inputs, and the expected outputs in float64; NaN, infinities and -0 are strings",
      ...(exportOnnx === undefined ? [] : ["* `model.onnx`: the network with its parameters"]),
      "* `graph.json`: the network, for `graphFromJson` of @isoconv/core-spec",
      "* `inputs.safetensors`: parameters and inputs; `expected.safetensors`: the expected outputs rounded to float32",
    ].join("\n"),
  ].join("\n\n")}\n`;
}

function snippets(runtime: { readonly name: string; readonly version: string }): readonly string[] {
  const own = /onnx/i.test(runtime.name);
  const about = own
    ? "The snippets do not need isoconv. They print the largest error of each output, and exit with 1 if the worst element is outside its bound."
    : `The finding concerns ${escapeMarkdown(runtime.name)}. The snippets run the same network on ONNX Runtime for comparison and do not need isoconv. They print the largest error of each output, and exit with 1 if the worst element is outside its bound.`;
  return [
    "## Run it",
    about,
    `JavaScript, in this folder, after \`npm install onnxruntime-node\` (or \`onnxruntime-web\`: change the import):`,
    fence("js", JAVASCRIPT),
    "Python, in this folder, after `pip install onnxruntime numpy`:",
    fence("python", PYTHON),
  ];
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

const JAVASCRIPT = `
import { readFileSync } from "node:fs";
import * as ort from "onnxruntime-node";

const { inputs, outputs } = JSON.parse(readFileSync("case.json", "utf8"));
const session = await ort.InferenceSession.create(new Uint8Array(readFileSync("model.onnx")));
const feeds = Object.fromEntries(
  inputs.map(({ name, shape, data }) => [name, new ort.Tensor("float32", Float32Array.from(data, Number), shape)]),
);
const results = await session.run(feeds);
const show = (value) => (Object.is(value, -0) ? "-0" : value);
outputs.forEach(({ name, shape, data, worst }, position) => {
  const { dims, data: got } = results[session.outputNames[position]];
  console.log(\`\${name}: shape \${dims.join("x")}, expected \${shape.join("x")}\`);
  if (dims.join() !== shape.join()) process.exitCode = 1;
  let [most, at] = [0, 0];
  data.forEach((expected, i) => {
    const same = Object.is(got[i], Number(expected)) || got[i] === Number(expected);
    const error = same ? 0 : Math.abs(got[i] - Number(expected));
    if (!(error <= most)) [most, at] = [Number.isNaN(error) ? Infinity : error, i];
  });
  console.log(\`\${name}: largest error \${most} at element \${at}: expected \${data[at]}, got \${show(got[at])}\`);
  if (worst === undefined) return;
  const flat = worst.index.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
  console.log(\`\${name}[\${worst.index}]: expected \${data[flat]} +- \${worst.bound}, got \${show(got[flat])}\`);
  const same = Object.is(got[flat], Number(data[flat]));
  const error = same ? 0 : Math.abs(got[flat] - Number(data[flat]));
  if (!(error <= Number(worst.bound)) || (worst.sign && !same)) process.exitCode = 1;
});
`.trimStart();

const PYTHON = `
import json
import sys

import numpy as np
import onnxruntime as ort

with open("case.json", encoding="utf-8") as file:
    case = json.load(file)


def array(tensor, dtype):
    return np.array([float(value) for value in tensor["data"]], dtype).reshape(tensor["shape"])


session = ort.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
feeds = {tensor["name"]: array(tensor, np.float32) for tensor in case["inputs"]}
wrong = False
for tensor, got in zip(case["outputs"], session.run(None, feeds)):
    name, expected = tensor["name"], array(tensor, np.float64)
    print(f"{name}: shape {got.shape}, expected {expected.shape}")
    if got.shape != expected.shape:
        wrong = True
        continue
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    with np.errstate(invalid="ignore"):
        error = np.where(same, 0, np.abs(got.astype(np.float64) - expected))
    error = np.nan_to_num(error, nan=np.inf, posinf=np.inf)
    if error.size:
        at = np.unravel_index(np.argmax(error), error.shape)
        print(f"{name}: largest error {error[at]} at {at}: expected {expected[at]}, got {got[at]}")
    if "worst" in tensor:
        at, bound = tuple(tensor["worst"]["index"]), float(tensor["worst"]["bound"])
        print(f"{name}{list(at)}: expected {expected[at]} +- {bound}, got {got[at]}")
        sign_differs = "sign" in tensor["worst"] and np.signbit(expected[at]) != np.signbit(got[at])
        wrong = wrong or not error[at] <= bound or sign_differs
sys.exit(1 if wrong else 0)
`.trimStart();
