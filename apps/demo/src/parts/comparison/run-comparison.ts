import { IsoconvError } from "@isoconv/core-spec";
import { rowOf, type BackendId } from "../../engine/catalogue.js";
import { Engine } from "../../engine/engine.js";
import type { Image, NetworkChoice } from "../../engine/network.js";
import { isAborted, WorkerError } from "../../engine/plain-error.js";
import type { WarmRuns } from "../../engine/tasks.js";
import type { Change, OracleRow } from "./comparison.js";
import { canJudge } from "./judge-row.js";

export interface ComparisonTask {
  readonly backends: readonly BackendId[];
  readonly network: NetworkChoice;
  readonly images: Image;
  readonly warm: WarmRuns;
}

/**
 * Runs the backends one after another, so that none slows another down, each in its own worker, which is then ended.
 * The oracle has one more worker. It starts when only backends written in JavaScript are left, which use one thread.
 * With a large network they and the oracle take minutes. Resolves when all have finished, or at once when stopped.
 * Errors are passed to `tell`, not thrown.
 */
export async function runComparison(
  task: ComparisonTask,
  signal: AbortSignal,
  tell: (change: Change) => void,
): Promise<void> {
  const runInTurn = async (backends: readonly BackendId[]): Promise<void> => {
    for (const backend of backends) await runBackend(backend, task, signal, tell);
  };
  await runInTurn(task.backends.filter((id) => !isInJavaScript(id)));
  tell({ oracle: { phase: "running" } });
  const oracle = runOracle(task, signal).then((row) => tell({ oracle: row }));
  await runInTurn(task.backends.filter((id) => isInJavaScript(id)));
  await oracle;
}

/** Such a backend has one thread. */
function isInJavaScript(id: BackendId): boolean {
  return rowOf(id).runtime === "JavaScript";
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
    const reference = await engine.call("oracle", { network, images }, { signal });
    if (canJudge(reference)) return { phase: "done", reference };
    const error = new IsoconvError("INVALID_WEIGHTS", {
      what: "the oracle's logits are not finite with these weights",
      hint: "Look for NaN or very large values in the weights",
    });
    return { phase: "failed", error };
  } catch (error) {
    return isAborted(error) ? { phase: "stopped" } : { phase: "failed", error };
  } finally {
    engine.end();
  }
}
