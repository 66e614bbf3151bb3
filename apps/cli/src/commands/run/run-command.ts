import {
  elementCount,
  float32,
  formatShape,
  IsoconvError,
  sameShape,
  uniform,
  type Graph,
  type Tensor,
  type TensorOf,
} from "@isoconv/core-spec";
import { argmax } from "@isoconv/judge";
import { writeSafetensors } from "@isoconv/weights";
import type { Model } from "@isoconv/zoo";
import { backendEntry, createBackend } from "../../backends.js";
import { checkWritable, writeResult } from "../../files.js";
import { loadWeights, modelFor, readInput, seedOf, trainedShape, type WeightsFlags } from "../../network.js";
import { printJson, printLine } from "../../print.js";
import type { Progress } from "../../progress.js";
import { renderTable } from "../../table.js";

export interface RunOptions extends WeightsFlags {
  readonly backend: string;
  readonly input: string;
  readonly output: string | undefined;
  readonly classes: number | undefined;
  /** Module paths; empty for the logits. */
  readonly features?: readonly string[];
  readonly transformInput?: boolean;
  readonly threads: number | undefined;
  readonly json: boolean;
}

/** `isoconv run <model>`: runs one network on one backend on one batch. */
export async function runModel(name: string, options: RunOptions, progress: Progress): Promise<void> {
  const entry = backendEntry(options.backend);
  await checkWritable(options.output);
  progress.step("reading");
  const { model, input } = await readModelAndInput(name, options);
  const { parameters, description, classNames, checkpoint } = await loadWeights(model, options);
  const backend = await createBackend(entry, options.threads);
  try {
    progress.step(`compiling ${name} for ${backend.id}`);
    const executable = await backend.compile(model.graph, parameters);
    progress.step(`running ${name} on ${backend.id}`);
    const start = performance.now();
    const outputs = await executable.run({ input });
    const milliseconds = performance.now() - start;
    if (options.output !== undefined) await writeResult(options.output, writeSafetensors(outputs));
    progress.done();
    const { runtime, threads } = backend.capabilities;
    if (options.json)
      printJson({
        model: name,
        weights: description,
        checkpoint,
        backend: backend.id,
        runtime,
        threads,
        milliseconds,
        outputs: plain(outputs),
      });
    else {
      printLine(
        `${name} (${description}) on ${backend.id} (${runtime.name} ${runtime.version}), ${threads === 1 ? "1 thread" : `${threads} threads`}, batch of ${input.shape[0] ?? 0}\n`,
      );
      const isFeatures = options.features !== undefined && options.features.length > 0;
      printLine(isFeatures ? renderShapes(model.graph, outputs) : renderPredictions(outputs, classNames));
    }
  } finally {
    await backend.dispose();
  }
}

/** The images of `--input`, and a network built for their shape. */
export async function readModelAndInput(
  name: string,
  {
    input,
    classes,
    weights,
    features = [],
    transformInput = false,
  }: Omit<RunOptions, "backend" | "output" | "json" | "threads">,
): Promise<{ model: Model; input: TensorOf<"float32"> }> {
  const extras = { ...(features.length > 0 ? { features } : {}), transformInput };
  const seed = seedOf(input);
  if (seed === undefined) {
    const tensor = await readInput(input);
    if (weights === undefined) checkTrainedShape(name, tensor.shape);
    return { model: modelFor(name, tensor.shape, classes, extras), input: tensor };
  }
  const model = modelFor(name, weights === undefined ? trainedShape(name) : undefined, classes, extras);
  const shape = [1, ...model.inputShape.slice(1).map(Number)];
  return { model, input: float32(shape, uniform(seed, "input", elementCount(shape), -1, 1)) };
}

/** Trained weights fit only images of the size that they were trained on. */
function checkTrainedShape(name: string, shape: readonly number[]): void {
  const expected = trainedShape(name)?.slice(1);
  if (expected === undefined || sameShape(shape.slice(1), expected)) return;
  throw new IsoconvError("INVALID_FEED", {
    node: name,
    path: "--input",
    what: "the trained weights are for images of another size",
    expected: formatShape(["N", ...expected]),
    received: formatShape(shape),
  });
}

function plain(
  outputs: Readonly<Record<string, Tensor>>,
): Record<string, { shape: readonly number[]; data: readonly number[] }> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { shape, data }]) => [name, { shape, data: Array.from(data) }]),
  );
}

/** Listed in the order of the graph, because objects move keys that are integers to the front. */
function renderShapes(graph: Graph, outputs: Readonly<Record<string, Tensor>>): string {
  return renderTable(
    [
      { title: "feature", align: "left", cell: ({ name }) => name },
      { title: "shape", align: "left", cell: ({ name }) => formatShape(outputs[name].shape) },
    ],
    graph.outputs,
  );
}

const MOST_ROWS = 10;

function renderPredictions(outputs: Readonly<Record<string, Tensor>>, classNames: readonly string[]): string {
  const [output] = Object.values(outputs);
  if (output === undefined) return "";
  const classes = output.shape.at(-1) ?? 1;
  const rows = Array.from({ length: output.data.length / classes }, (_, image) => {
    const scores = output.data.subarray(image * classes, (image + 1) * classes);
    const top = argmax(scores);
    return {
      image,
      top,
      name: top < 0 ? "not a number" : (classNames[top] ?? `class ${top}`),
      score: scores[top] ?? Number.NaN,
    };
  });
  const table = renderTable(
    [
      { title: "image", align: "right", cell: (row) => String(row.image) },
      { title: "class", align: "right", cell: (row) => (row.top < 0 ? "–" : String(row.top)) },
      { title: "name", align: "left", cell: (row) => row.name },
      { title: "logit", align: "right", cell: (row) => row.score.toFixed(4) },
    ],
    rows.slice(0, MOST_ROWS),
  );
  return rows.length > MOST_ROWS
    ? `${table}\n… and ${rows.length - MOST_ROWS} more; --json or --output has them all`
    : table;
}
