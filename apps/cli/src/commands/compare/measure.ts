import {
  type Backend,
  type Capabilities,
  type Executable,
  float32,
  type Graph,
  IsoconvError,
  type Parameters,
  type TensorOf,
} from "@isoconv/core-spec";
import { argmax, judgeEndToEnd, type Reference } from "@isoconv/judge";
import { medianTimes, timed } from "@isoconv/inspect";
import { topClasses } from "@isoconv/zoo";
import { createBackend, withoutCode, type BackendEntry } from "../../backends.js";
import type { ComparisonRow, Measurement } from "./comparison.js";

/** The work of every backend. */
export interface Task {
  readonly graph: Graph;
  readonly parameters: Parameters;
  /** [N, C, H, W] */
  readonly images: TensorOf<"float32">;
  /** The right classes; undefined if they are not known. */
  readonly labels: readonly number[] | undefined;
  readonly reference: Reference;
  readonly threads: number | undefined;
  /** Timing rounds; 0 to take the time of the run whose results are compared. */
  readonly rounds: number;
}

type Speed = Pick<Measurement, "latencyMilliseconds" | "imagesPerSecond">;
type Compared = Omit<Measurement, keyof Speed>;

interface Contestant {
  readonly backend: Backend;
  readonly executable: Executable;
  readonly compared: Compared;
  /** By the run that was compared, of all images in one batch. */
  readonly speed: Speed;
}

/** Runs the task on every backend: first the results of each, then the times of all in interleaved rounds. */
export async function measureBackends(
  entries: readonly BackendEntry[],
  task: Task,
  onStep: (label: string) => void,
): Promise<readonly ComparisonRow[]> {
  const contestants = new Map<string, Contestant>();
  const refused = new Map<string, ComparisonRow>();
  try {
    for (const entry of entries) {
      onStep(`running ${entry.id}`);
      try {
        contestants.set(entry.id, await enter(entry, task));
      } catch (error) {
        refused.set(entry.id, refusal(entry.id, error));
      }
    }
    if (task.rounds > 0) onStep("timing all backends in turn");
    const speeds = await timeInTurn(contestants, task);
    return entries.flatMap(({ id }): ComparisonRow[] => {
      const contestant = contestants.get(id);
      const speed = speeds.get(id);
      if (contestant !== undefined && speed !== undefined)
        return [{ backend: id, status: "ran", ...contestant.compared, ...speed }];
      return [refused.get(id) ?? []].flat();
    });
  } finally {
    await Promise.all([...contestants.values()].map(({ backend }) => backend.dispose()));
  }
}

function refusal(id: string, error: unknown): ComparisonRow {
  const reason = withoutCode(error instanceof Error ? error.message : String(error));
  const unavailable = error instanceof IsoconvError && error.code === "BACKEND_UNAVAILABLE";
  return { backend: id, status: unavailable ? "unavailable" : "failed", reason };
}

async function enter(entry: BackendEntry, task: Task): Promise<Contestant> {
  const cold = await timed(async () => {
    const backend = await createBackend(entry, task.threads);
    try {
      const executable = await backend.compile(task.graph, task.parameters);
      await executable.run(feedsOf(task, firstImage(task.images)));
      return { backend, executable };
    } catch (error) {
      await backend.dispose();
      throw error;
    }
  });
  const { backend, executable } = cold.result;
  try {
    const { result: results, milliseconds } = await timed(() => executable.run(feedsOf(task, task.images)));
    const count = task.images.shape[0] ?? 1;
    const logits = results[outputName(task.graph)];
    if (logits?.dtype !== "float32")
      throw new IsoconvError("EXECUTION_FAILED", { what: "the backend returned no float32 output" });
    return {
      backend,
      executable,
      compared: {
        runtime: backend.capabilities.runtime,
        threads: backend.capabilities.threads,
        coldStartMilliseconds: cold.milliseconds,
        ...compare(logits, task, backend.capabilities),
      },
      speed: { latencyMilliseconds: milliseconds / count, imagesPerSecond: (1000 * count) / milliseconds },
    };
  } catch (error) {
    await backend.dispose();
    throw error;
  }
}

function compare(
  logits: TensorOf<"float32">,
  { reference, labels }: Task,
  capabilities: Capabilities,
): Omit<Compared, "runtime" | "threads" | "coldStartMilliseconds"> {
  const { agrees, deviation, share, bound } = judgeEndToEnd(logits, reference, capabilities);
  const images = logits.shape[0] ?? 0;
  const classes = logits.data.length / images;
  const rows = Array.from({ length: images }, (_, image) =>
    logits.data.subarray(image * classes, (image + 1) * classes),
  );
  const predictions = rows.map(argmax);
  const probabilities = rows.map((row) => topClasses(row, 1)[0]?.probability ?? Number.NaN);
  const shares = rows.map((row, image) => {
    let worst = 0;
    for (let i = 0; i < classes; i += 1)
      worst = Math.max(worst, Math.abs(row[i] - reference.value[image * classes + i]));
    return worst / reference.scale / bound;
  });
  const accuracy = labels && predictions.filter((prediction, image) => prediction === labels[image]).length / images;
  return { agrees, deviation, share, shares, predictions, probabilities, accuracy };
}

async function timeInTurn(
  contestants: ReadonlyMap<string, Contestant>,
  task: Task,
): Promise<ReadonlyMap<string, Speed>> {
  if (task.rounds === 0) return new Map(Array.from(contestants, ([id, { speed }]) => [id, speed]));
  const runOf = (images: TensorOf<"float32">): ReadonlyMap<string, () => Promise<unknown>> =>
    new Map(Array.from(contestants, ([id, { executable }]) => [id, () => executable.run(feedsOf(task, images))]));
  const single = await medianTimes(runOf(firstImage(task.images)), task.rounds);
  const batch = await medianTimes(runOf(task.images), Math.max(1, Math.ceil(task.rounds / 5)));
  const count = task.images.shape[0] ?? 0;
  return new Map(
    [...contestants.keys()].map((id) => [
      id,
      {
        latencyMilliseconds: single.get(id) ?? Number.NaN,
        imagesPerSecond: (count * 1000) / (batch.get(id) ?? Number.NaN),
      },
    ]),
  );
}

function feedsOf({ graph }: Task, images: TensorOf<"float32">): Record<string, TensorOf<"float32">> {
  return Object.fromEntries(graph.inputs.map(({ name }) => [name, images]));
}

function outputName(graph: Graph): string {
  return graph.outputs[0]?.name ?? "";
}

function firstImage({ shape, data }: TensorOf<"float32">): TensorOf<"float32"> {
  const size = data.length / (shape[0] ?? 1);
  return float32([1, ...shape.slice(1)], data.slice(0, size));
}
