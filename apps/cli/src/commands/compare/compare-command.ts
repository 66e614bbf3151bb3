import { fileURLToPath } from "node:url";
import { IsoconvError } from "@isoconv/core-spec";
import { feedWarnings, weightWarnings } from "@isoconv/inspect/warnings";
import { noiseAllowance, referenceResults } from "@isoconv/judge";
import { getTensor } from "@isoconv/weights";
import { findModel } from "@isoconv/zoo";
import { backendEntry, backends } from "../../backends.js";
import type { Comparison } from "./comparison.js";
import { measureBackends } from "./measure.js";
import { renderComparison } from "./render-compare.js";
import { exitCode, type ExitCode } from "../../exit-code.js";
import { readTensorFile } from "../../files.js";
import { checkOutput, STDOUT, writeResult } from "../../output.js";
import { thisMachine } from "../../machine.js";
import { loadWeights, modelFor, trainedFor, type WeightsFlags } from "../../network.js";
import { colors, printBeside, printJson, printWarnings } from "../../print.js";
import type { Progress } from "../../progress.js";
import { UsageError } from "../../usage-error.js";
import { renderReport, type Pictures } from "./compare-page.js";

export interface CompareOptions extends WeightsFlags {
  /** Backends to compare; empty for all that run here. */
  readonly backend: readonly string[];
  readonly threads: number | undefined;
  readonly rounds: number;
  readonly report: string | undefined;
  readonly json: boolean;
}

/** `isoconv compare`: runs a trained network on real images on every backend and compares with the float64 oracle. */
export async function compareBackends(name: string, options: CompareOptions, progress: Progress): Promise<ExitCode> {
  const entries = options.backend.length === 0 ? backends : [...new Set(options.backend)].map(backendEntry);
  await checkOutput(options.report, "HTML");
  if (options.json && options.report === STDOUT) throw new UsageError("--json and --report - both write to stdout");
  const pictures = await readPictures(findModel(name).name);
  const { images, labels } = pictures;
  const model = await modelFor(name, images.shape, undefined);
  const { parameters, description, checkpoint, normalisation } = await loadWeights(model, options, progress);
  const warnings = [...feedWarnings({ input: images }, { normalisation }), ...weightWarnings(parameters)];
  printWarnings(warnings);
  progress.step("running the float64 oracle and its noise floor");
  const feeds = { input: images };
  const reference = (await referenceResults(model.graph, parameters, feeds)).get("logits");
  if (reference === undefined)
    throw new IsoconvError("INVALID_GRAPH", { node: name, what: "the network has no logits" });
  if (!Number.isFinite(reference.noiseFloor)) {
    throw new IsoconvError("INVALID_WEIGHTS", {
      path: options.weights ?? description,
      what: "the oracle's logits are not finite with these weights",
      hint: "Look for NaN or very large values in the file",
    });
  }
  const task = {
    graph: model.graph,
    parameters,
    images,
    labels,
    reference,
    threads: options.threads,
    rounds: options.rounds,
  };
  const rows = await measureBackends(entries, task, (label) => progress.step(label));
  const agree =
    rows.some((row) => row.status === "ran") &&
    rows.every((row) => row.status === "unavailable" || (row.status === "ran" && row.agrees));
  const comparison: Comparison = {
    format: "isoconv-comparison",
    version: 1,
    model: name,
    weights: description,
    images: pictures.description,
    count: labels.length,
    machine: thisMachine(),
    noiseFloor: reference.noiseFloor,
    bound: noiseAllowance * reference.noiseFloor,
    rows,
    warnings,
    verdict: agree ? "agree" : "disagree",
  };
  if (options.report !== undefined) await writeResult(options.report, renderReport(comparison, pictures));
  progress.done();
  if (options.json) printJson({ ...comparison, checkpoint });
  else printBeside(options.report, renderComparison(comparison, colors, { explain: options.backend.length > 0 }));
  const absent = rows.filter((row) => row.status === "unavailable").length;
  if (!agree && absent < rows.length) return exitCode.disagreement;
  return options.backend.length > 0 && absent > 0
    ? exitCode.unavailable
    : agree
      ? exitCode.done
      : exitCode.disagreement;
}

async function readPictures(name: string): Promise<Pictures & { readonly description: string }> {
  const trained = trainedFor(name);
  if (trained === undefined) {
    throw new IsoconvError("INVALID_WEIGHTS", {
      node: name,
      what: "no trained weights and images come with this network",
      hint: "Use `isoconv run` with your own weights and input",
    });
  }
  const file = await readTensorFile(fileURLToPath(trained.sample), "INVALID_FEED");
  const images = getTensor(file, "images").toFloat32();
  const labels = getTensor(file, "labels").toInt32();
  return {
    images,
    labels: [...labels.data],
    classNames: trained.classes,
    description: `${trained.dataset} test set, balanced`,
  };
}
