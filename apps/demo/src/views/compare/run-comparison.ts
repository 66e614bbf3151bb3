import { IsoconvError } from "@isoconv/core-spec";
import type { BackendId } from "../../engine/catalogue.js";
import { Engine } from "../../engine/engine.js";
import type { Image, NetworkChoice } from "../../engine/network.js";
import { isAborted, WorkerError } from "../../engine/plain-error.js";
import type { WarmRuns } from "../../engine/tasks.js";
import type { Change, OracleRow } from "./comparison.js";
import { isFinite } from "./verdict.js";

export interface ComparisonTask {
  readonly backends: readonly BackendId[];
  readonly network: NetworkChoice;
  readonly images: Image;
  readonly warm: WarmRuns;
}

/**
 * Runs every backend, one after another so that none slows another down, each in a worker of its own that ends with it;
 * the oracle beside them in one more. Ends when all are through, or at once where stopped; errors are told, not thrown.
 */
export async function runComparison(
  task: ComparisonTask,
  signal: AbortSignal,
  tell: (change: Change) => void,
): Promise<void> {
  const oracle = runOracle(task, signal).then((row) => tell({ oracle: row }));
  for (const backend of inTurn(task.backends)) await runBackend(backend, task, signal, tell);
  await oracle;
}

/** Those written in JavaScript come last: a large network takes them minutes. */
function inTurn(backends: readonly BackendId[]): readonly BackendId[] {
  const isSlow = (id: BackendId): boolean => id === "reference" || id === "tfjs-cpu";
  return backends.toSorted((a, b) => Number(isSlow(a)) - Number(isSlow(b)));
}

async function runBackend(
  backend: BackendId,
  { network, images, warm }: ComparisonTask,
  signal: AbortSignal,
  tell: (change: Change) => void,
): Promise<void> {
  const engine = new Engine();
  const given = { backend, base: document.baseURI, network, images, warm };
  try {
    await engine.call("run", given, {
      signal,
      onEvent(event) {
        if (event.phase === "warm") tell({ backend, warmMilliseconds: event.milliseconds });
        else if (event.phase === "cold") {
          const { capabilities, logits, coldMilliseconds } = event;
          tell({ backend, row: { phase: "running", capabilities, logits, coldMilliseconds } });
        } else tell({ backend, row: { phase: event.phase } });
      },
    });
    tell({ backend, row: { phase: "done" } });
  } catch (error) {
    tell({ backend, row: { phase: phaseOf(error), error } });
  } finally {
    engine.end();
  }
}

function phaseOf(error: unknown): "stopped" | "unavailable" | "failed" {
  if (isAborted(error)) return "stopped";
  return error instanceof WorkerError && error.parts.code === "BACKEND_UNAVAILABLE" ? "unavailable" : "failed";
}

async function runOracle({ network, images }: ComparisonTask, signal: AbortSignal): Promise<OracleRow> {
  const engine = new Engine();
  try {
    const { shape, logits, scale, noiseFloor } = await engine.call("oracle", { network, images }, { signal });
    const reference = { shape, value: logits, scale, noiseFloor };
    if (isFinite(reference)) return { phase: "done", reference };
    const error = new IsoconvError("INVALID_WEIGHTS", {
      what: "the oracle's logits are not finite with these weights",
      hint: "Look for NaN or very large values in the file",
    });
    return { phase: "failed", error };
  } catch (error) {
    return isAborted(error) ? { phase: "stopped" } : { phase: "failed", error };
  } finally {
    engine.end();
  }
}
