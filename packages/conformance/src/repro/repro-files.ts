import {
  checkOptions,
  float32,
  graphToJson,
  optionChecks,
  ownValue,
  printGraph,
  type ConcreteShape,
  type Graph,
  type KnownOptions,
  type Parameters,
  type Tensor,
} from "@isoconv/core-spec";
import { writeSafetensors } from "@isoconv/weights";
import type { FilledNetwork, WorstElement } from "@isoconv/judge";
import { spellNumber } from "../report/codec.js";
import { reproReadme } from "./repro-readme.js";

/** A finding on one network, with the data that a report to the runtime's maintainers needs. */
export interface ReproInput {
  readonly title: string;
  readonly network: FilledNetwork;
  readonly backend: { readonly id: string; readonly runtime: { readonly name: string; readonly version: string } };
  readonly finding: { readonly reason: string; readonly worst?: WorstElement | undefined };
  /** The oracle's float64 values of the graph's outputs. */
  readonly expected: Readonly<Record<string, { readonly shape: ConcreteShape; readonly value: Float64Array }>>;
  /** Writes the network as one self-contained ONNX file. */
  readonly exportOnnx?: ((graph: Graph, parameters: Parameters) => Uint8Array) | undefined;
  /** The command that repeats the finding with isoconv. */
  readonly command: string;
}

const REPRO: KnownOptions<ReproInput> = {
  known: {
    title: true,
    network: true,
    backend: true,
    finding: true,
    expected: true,
    exportOnnx: optionChecks.function,
    command: true,
  },
};

/**
 * A finding as files by name: `README.md` describes it and has snippets that run without isoconv, on `model.onnx`
 * and `case.json`; `graph.json`, `inputs.safetensors` and `expected.safetensors` (rounded to float32; `case.json` has the
 * oracle's float64 values) are for isoconv and for other tools.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown member, and as `writeSafetensors` and `exportOnnx`
 */
export function reproFiles(input: ReproInput): ReadonlyMap<string, string | Uint8Array> {
  checkOptions(input, REPRO, { op: "reproFiles", path: "input" });
  const { network, expected, exportOnnx } = input;
  const { graph, parameters, feeds } = network;
  const rounded = Object.entries(expected).map(([name, { shape, value }]): [string, Tensor] => [
    name,
    float32(shape, Float32Array.from(value)),
  ]);
  const files = new Map<string, string | Uint8Array>([
    ["README.md", reproReadme(input, printGraph(graph))],
    ["graph.json", `${JSON.stringify(graphToJson(graph), undefined, 2)}\n`],
    ["inputs.safetensors", writeSafetensors({ ...parameters, ...feeds })],
    ["expected.safetensors", writeSafetensors(Object.fromEntries(rounded))],
    ["case.json", caseJson(input)],
  ]);
  if (exportOnnx !== undefined) files.set("model.onnx", exportOnnx(graph, parameters));
  return files;
}

/** Feeds and expected outputs in the graph's order, for the README's snippets. */
function caseJson({ network: { graph, feeds }, expected, finding: { worst } }: ReproInput): string {
  const inputs = graph.inputs.map(({ name }) => {
    const { shape, data } = feeds[name];
    return { name, shape, data: spell(data) };
  });
  const outputs = graph.outputs.map(({ name, value }) => {
    const { shape, value: data } = ownValue(expected, name) ?? { shape: [], value: [] };
    return { name, shape, data: spell(data), ...(worst?.value === value ? { worst: spellWorst(worst) } : {}) };
  });
  return `${JSON.stringify({ inputs, outputs })}\n`;
}

/** `sign` if only the sign of a zero is wrong. */
function spellWorst({ index, bound, expected, got }: WorstElement): object {
  return { index, bound: spellNumber(bound), ...(expected === got ? { sign: true } : {}) };
}

function spell(data: ArrayLike<number>): readonly (number | string)[] {
  return Array.from(data, spellNumber);
}
