import { IsoconvError } from "@isoconv/core-spec";
import { weightWarnings } from "@isoconv/inspect/warnings";
import type { PretrainedWeights } from "@isoconv/zoo";
import { AUTOMATIC, openBackend, openFirst } from "../../backends.js";
import { exitCode, type ExitCode } from "../../exit-code.js";
import { loadWeights, type WeightsFlags } from "../../load-weights.js";
import { modelFor } from "../../network.js";
import { printAboveProgress, printJson, printWarnings } from "../../print.js";
import type { Progress } from "../../progress.js";
import { countBar } from "../../progress-bar.js";
import { isOwnNetwork } from "../../own-network.js";
import { formatProbability, type Prediction } from "../run/predictions.js";
import { classifyPictures, type ClassifiedPicture } from "./classify-pictures.js";
import { findPictures } from "./find-pictures.js";
import { prepareAhead } from "./prepare-ahead.js";
import type { PreparedPicture } from "./prepare-picture.js";
import { presetFor } from "./preset.js";

export interface ClassifyOptions extends WeightsFlags {
  readonly model: string;
  readonly backend: string;
  readonly classes: number | undefined;
  /** The name of published weights, whose preprocessing is used. */
  readonly preset: string | undefined;
  /** The number of classes to show of each picture. */
  readonly top: number | undefined;
  readonly threads: number | undefined;
  readonly json: boolean;
}

/** `isoconv classify`: says what is on pictures. Resolves to a failure if one of them could not be read. */
export async function classify(
  paths: readonly string[],
  options: ClassifyOptions,
  progress: Progress,
): Promise<ExitCode> {
  progress.step("reading");
  const preset = presetOf(options);
  const files = await findPictures(paths);
  const coming = prepareAhead(files, preset.preprocessing);
  try {
    return await classifyWith({ preset, files, pictures: coming.pictures }, options, progress);
  } finally {
    await coming.close();
  }
}

interface Work {
  readonly preset: PretrainedWeights;
  readonly files: readonly string[];
  readonly pictures: AsyncIterable<PreparedPicture>;
}

async function classifyWith(
  { preset, files, pictures }: Work,
  options: ClassifyOptions,
  progress: Progress,
): Promise<ExitCode> {
  const { crop } = preset.preprocessing;
  const { transformInput = false } = preset.options;
  const model = await modelFor(options.model, [1, 3, crop, crop], options.classes, { transformInput });
  const { parameters, description, classNames, checkpoint } = await loadWeights(model, options, progress);
  const warnings = weightWarnings(parameters);
  printWarnings(warnings);
  const { backend: id, threads: wanted } = options;
  const backend = await (id === AUTOMATIC ? openFirst(wanted) : openBackend(id, wanted));
  try {
    progress.step(`compiling ${model.name} for ${backend.id}`);
    const executable = await backend.compile(model.graph, parameters);
    const { runtime, threads } = backend.capabilities;
    if (!options.json) {
      const threadsText = threads === 1 ? "1 thread" : `${threads} threads`;
      const on = `${backend.id} (${runtime.name} ${runtime.version}), ${threadsText}`;
      printAboveProgress(`${model.name} (${description}) on ${on}\n`);
    }
    const answers: ClassifiedPicture[] = [];
    const start = performance.now();
    const width = Math.max(...files.map((path) => path.length));
    const top = options.top ?? (files.length === 1 ? USUAL_TOP : 1);
    const times = await classifyPictures(pictures, { graph: model.graph, executable, classNames, top }, (picture) => {
      answers.push(picture);
      report(picture, width, options.json);
      progress.count(countBar(answers.length, files.length, performance.now() - start));
    });
    progress.done();
    if (options.json) {
      const { name, preprocessing } = preset;
      const network = { model: model.name, weights: description, checkpoint, preset: name, preprocessing };
      printJson({ ...network, backend: backend.id, runtime, threads, ...times, warnings, pictures: answers });
    }
    const unread = answers.filter((answer) => "error" in answer).length;
    if (unread === 0) return exitCode.done;
    process.stderr.write(`isoconv: ${unread} of ${files.length} pictures could not be read\n`);
    return exitCode.badInput;
  } finally {
    await backend.dispose();
  }
}

/** Of one picture; of several, each has one. */
const USUAL_TOP = 5;

/** The published weights whose preprocessing the pictures get. */
function presetOf(options: ClassifyOptions): PretrainedWeights {
  if (!isOwnNetwork(options.model)) return presetFor(options.model, options);
  throw new IsoconvError("UNSUPPORTED", {
    path: "--model",
    what: "the preprocessing of a network of your own is not known",
    expected: "a network of the zoo",
    hint: "Use isoconv run with tensors of your own preprocessing",
  });
}

/** Prints the answer to a picture as soon as it is there. */
function report(picture: ClassifiedPicture, width: number, json: boolean): void {
  if ("error" in picture) printAboveProgress(`isoconv: ${picture.error.message}`, process.stderr);
  else {
    printWarnings(picture.warnings);
    if (!json) printAboveProgress(renderAnswer(picture.path, picture.top, width));
  }
}

function renderAnswer(path: string, top: readonly Prediction[], width: number): string {
  const rows = top.length === 0 ? ["not a number"] : top.map(renderPrediction);
  return rows.map((row, place) => `${(place === 0 ? path : "").padEnd(width)}  ${row}`).join("\n");
}

function renderPrediction({ name, probability }: Prediction): string {
  return `${formatProbability(probability).padStart("100.00 %".length)}  ${name}`;
}
