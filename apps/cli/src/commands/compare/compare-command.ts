import { IsoconvError, type Parameters } from "@isoconv/core-spec";
import { feedWarnings, weightWarnings } from "@isoconv/inspect/warnings";
import { noiseAllowance, referenceResults, type Reference } from "@isoconv/judge";
import { findModel, type Model } from "@isoconv/zoo";
import { backendEntry, backends } from "../../backends.js";
import type { Comparison } from "./comparison.js";
import { measureBackends } from "./measure.js";
import { renderComparison } from "./render-compare.js";
import { exitCode, type ExitCode } from "../../exit-code.js";
import { checkOutput, STDOUT, writeResult } from "../../output.js";
import { thisMachine } from "../../machine.js";
import { loadWeights, type WeightsFlags } from "../../load-weights.js";
import { modelFor } from "../../network.js";
import { colors, printBeside, printJson, printWarnings } from "../../print.js";
import type { Progress } from "../../progress.js";
import { UsageError } from "../../usage-error.js";
import { renderReport } from "./compare-page.js";
import { readPictures, type Pictures } from "./pictures.js";

export interface CompareOptions extends WeightsFlags {
  /** Backends to compare; empty for all that run here. */
  readonly backend: readonly string[];
  readonly threads: number | undefined;
  readonly rounds: number | undefined;
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
  const isKept = options.weights === undefined && pictures.reference !== undefined;
  const reference = isKept ? await pictures.reference() : await runReference(model, parameters, images);
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
    rounds: options.rounds ?? (pictures.names === undefined ? USUAL_ROUNDS : 0),
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
    names: pictures.names,
    count: images.shape[0] ?? 0,
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
  else
    printBeside(
      options.report,
      renderComparison(comparison, colors, { explain: options.backend.length > 0, classNames: pictures.classNames }),
    );
  const absent = rows.filter((row) => row.status === "unavailable").length;
  if (!agree && absent < rows.length) return exitCode.disagreement;
  return options.backend.length > 0 && absent > 0
    ? exitCode.unavailable
    : agree
      ? exitCode.done
      : exitCode.disagreement;
}

/** Of images that take a millisecond. Photographs take up to seconds: by default, they are timed once. */
const USUAL_ROUNDS = 20;

async function runReference(model: Model, parameters: Parameters, images: Pictures["images"]): Promise<Reference> {
  const reference = (await referenceResults(model.graph, parameters, { input: images })).get("logits");
  if (reference !== undefined) return reference;
  throw new IsoconvError("INVALID_GRAPH", { node: model.name, what: "the network has no logits" });
}
