import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Backend, Capabilities } from "@isoconv/core-spec";
import { lowerGraph } from "@isoconv/onnx";
import { findDivergence, type Divergence, type Finding } from "@isoconv/inspect";
import { feedWarnings, weightWarnings } from "@isoconv/inspect/warnings";
import { reproFiles } from "@isoconv/conformance";
import { openBackend } from "../../backends.js";
import { checkpointWords } from "../../checkpoint-flags.js";
import { renderDivergence } from "./render-diff.js";
import { exitCode, type ExitCode } from "../../exit-code.js";
import { checkWritable, writeResult } from "../../output.js";
import type { OutputStride } from "../../output-stride.js";
import { loadWeights, type WeightsFlags } from "../../load-weights.js";
import { colors, printJson, printLine, printWarnings } from "../../print.js";
import type { Progress } from "../../progress.js";
import { batchOf, readModelAndInput } from "../run/model-and-input.js";

export interface DiffOptions extends WeightsFlags {
  /** Ids, or paths of modules that export `createBackend`. */
  readonly a: string;
  readonly b: string;
  readonly input: string;
  readonly classes: number | undefined;
  readonly outputStride: OutputStride | undefined;
  readonly threads: number | undefined;
  readonly writeRepro: string | undefined;
  readonly json: boolean;
}

/** `isoconv diff <model>`: finds the first node where two backends differ, and judges both by the oracle. */
export async function diffBackends(name: string, options: DiffOptions, progress: Progress): Promise<ExitCode> {
  await checkWritable(options.writeRepro);
  progress.step("reading");
  const { model, feeds, isDrawn } = await readModelAndInput(name, options);
  const { parameters, description, checkpoint, normalisation } = await loadWeights(model, options, progress);
  await using a = await openBackend(options.a, options.threads);
  await using b = await openBackend(options.b, options.threads);
  const warnings = [
    ...(isDrawn ? [] : feedWarnings(feeds, { normalisation, nonFinite: worseOf(a, b) })),
    ...weightWarnings(parameters),
  ];
  printWarnings(warnings);
  const divergence = await findDivergence({
    graph: model.graph,
    parameters,
    feeds,
    a,
    b,
    onStep: (label) => progress.step(label),
  });
  const written =
    options.writeRepro === undefined ? [] : await writeRepros(divergence, options.writeRepro, commandOf(name, options));
  progress.done();
  if (options.json)
    printJson({
      model: name,
      weights: description,
      checkpoint,
      ...withoutEvidence(divergence),
      repros: written,
      warnings,
    });
  else {
    printLine(`${name} (${description}), batch of ${batchOf(feeds)}\n`);
    printLine(renderDivergence(divergence, colors));
    for (const folder of written) printLine(`\nrepro written to ${folder}`);
  }
  return divergence.verdict === "agree" ? exitCode.done : exitCode.disagreement;
}

/** What the backend that treats NaN less strictly declares. */
function worseOf(...both: readonly Backend[]): Capabilities["nonFinite"] {
  return both.some(({ capabilities }) => capabilities.nonFinite === "indeterminate") ? "indeterminate" : "ieee";
}

/** Writes a repro for each wrong backend: into the folder itself, or into one subfolder each if both are wrong. */
async function writeRepros({ graph, a, b }: Divergence, folder: string, command: string): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [side, { backend: id, runtime, fault }] of Object.entries({ a, b })) {
    if (fault === undefined || fault.kind === "whole") continue;
    const where = a.fault !== undefined && b.fault !== undefined ? join(folder, side) : folder;
    const { reason, worst, evidence } = fault;
    const what = fault.kind === "node" ? `${fault.op} "${fault.node}"` : `the fusion of ${fault.nodes.join(", ")}`;
    const files = reproFiles({
      title: `${id}: ${what} of ${graph} is outside its bound`,
      network: evidence.network,
      backend: { id, runtime },
      finding: worst === undefined ? { reason } : { reason, worst },
      expected: evidence.expected,
      exportOnnx: (network, parameters) => lowerGraph(network, parameters, { externalDataThreshold: Infinity }).model,
      command,
    });
    await mkdir(where, { recursive: true });
    for (const [file, content] of files) await writeResult(join(where, file), content);
    written.push(where);
  }
  return written;
}

function commandOf(name: string, { a, b, weights, input, classes, outputStride, ...flags }: DiffOptions): string {
  const given = {
    "--a": a,
    "--b": b,
    "--weights": weights,
    "--input": input,
    "--classes": classes,
    "--output-stride": outputStride,
  };
  const words = Object.entries(given).flatMap(([option, value]) =>
    value === undefined ? [] : [option, String(value)],
  );
  return ["npx isoconv diff", name, ...words, ...checkpointWords(flags)].join(" ");
}

/** Everything except the tensors. */
function withoutEvidence({ a, b, ...rest }: Divergence): object {
  const plain = ({ fault, ...finding }: Finding): object => {
    if (fault === undefined || fault.kind === "whole") return { ...finding, ...(fault === undefined ? {} : { fault }) };
    const { evidence: _tensors, ...told } = fault;
    return { ...finding, fault: told };
  };
  return { format: "isoconv-divergence", version: 1, a: plain(a), b: plain(b), ...rest };
}
