import { formatShape, type Graph, type Results } from "@isoconv/core-spec";
import { feedWarnings, resultWarnings, variantWarnings, weightWarnings } from "@isoconv/inspect/warnings";
import { writeSafetensors } from "@isoconv/weights";
import { backendEntry, createBackend } from "../../backends.js";
import { loadWeights } from "../../load-weights.js";
import { seedOf } from "../../seed.js";
import { checkOutput, STDOUT, writeResult } from "../../output.js";
import { printBeside, printJson, printWarnings } from "../../print.js";
import type { Progress } from "../../progress.js";
import { renderTable } from "../../table.js";
import { UsageError } from "../../usage-error.js";
import { batchOf, readModelAndInput, type NetworkOptions } from "./model-and-input.js";
import { predictionsOf, renderPredictions } from "./predictions.js";

export interface RunOptions extends NetworkOptions {
  readonly backend: string;
  readonly output: string | undefined;
  /** The number of classes to show of each image. */
  readonly top?: number | undefined;
  readonly threads: number | undefined;
  readonly json: boolean;
}

/** `isoconv run <model>`: runs one network on one backend on one batch. */
export async function runModel(name: string, options: RunOptions, progress: Progress): Promise<void> {
  const entry = backendEntry(options.backend);
  await checkOutput(options.output, "safetensors");
  if (options.json && options.output === STDOUT) {
    throw new UsageError("--json and --output - both write to stdout: leave one out, or give --output a file");
  }
  progress.step("reading");
  const { model, feeds, isDrawn } = await readModelAndInput(name, options);
  const { parameters, description, classNames, checkpoint, normalisation } = await loadWeights(
    model,
    options,
    progress,
  );
  const backend = await createBackend(entry, options.threads);
  try {
    progress.step(`compiling ${name} for ${backend.id}`);
    const executable = await backend.compile(model.graph, parameters);
    progress.step(`running ${name} on ${backend.id}`);
    const start = performance.now();
    const outputs = await executable.run(feeds);
    const milliseconds = performance.now() - start;
    const { runtime, threads, nonFinite } = backend.capabilities;
    const isRandom = options.weights !== undefined && seedOf(options.weights) !== undefined;
    const warnings = [
      ...(isDrawn ? [] : feedWarnings(feeds, { normalisation, nonFinite })),
      ...weightWarnings(parameters),
      ...(isRandom ? [] : variantWarnings(model, options.transformInput ?? false)),
      ...resultWarnings(outputs),
    ];
    if (options.output !== undefined) await writeResult(options.output, writeSafetensors(outputs));
    progress.done();
    printWarnings(warnings);
    const isFeatures = options.features !== undefined && options.features.length > 0;
    const predictions = isFeatures ? undefined : predictionsOf(model.graph, outputs, classNames, options.top);
    if (options.json) {
      printJson({
        model: name,
        weights: description,
        checkpoint,
        backend: backend.id,
        runtime,
        threads,
        milliseconds,
        warnings,
        ...(predictions === undefined ? {} : { predictions }),
        outputs: plain(outputs),
      });
      return;
    }
    const runtimeText = `${backend.id} (${runtime.name} ${runtime.version})`;
    const threadsText = threads === 1 ? "1 thread" : `${threads} threads`;
    const found = predictions === undefined ? renderShapes(model.graph, outputs) : renderPredictions(predictions);
    printBeside(
      options.output,
      `${name} (${description}) on ${runtimeText}, ${threadsText}, batch of ${batchOf(feeds)}\n\n${found}`,
    );
  } finally {
    await backend.dispose();
  }
}

function plain(outputs: Results): Record<string, { shape: readonly number[]; data: readonly number[] }> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { shape, data }]) => [name, { shape, data: Array.from(data) }]),
  );
}

/** Listed in the order of the graph, because objects move keys that are integers to the front. */
function renderShapes(graph: Graph, outputs: Results): string {
  return renderTable(
    [
      { title: "output", align: "left", cell: ({ name }) => name },
      { title: "shape", align: "left", cell: ({ name }) => formatShape(outputs[name].shape) },
    ],
    graph.outputs,
  );
}
