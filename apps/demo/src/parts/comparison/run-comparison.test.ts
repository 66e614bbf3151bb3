import { float32 } from "@isoconv/core-spec";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backendIds, rowOf } from "../../engine/catalogue.js";
import type { ToWorker } from "../../engine/protocol.js";
import { runComparison } from "./run-comparison.js";

interface Call {
  /** The backend, or `oracle`. */
  readonly who: string;
  readonly fail: (code: string) => void;
}

/** Calls without an answer. */
const open: Call[] = [];
const running = (): readonly string[] => open.map(({ who }) => who);

class SilentWorker extends EventTarget {
  postMessage(message: ToWorker): void {
    if (message.kind !== "call") return;
    const { id, task, given } = message;
    open.push({
      who: task === "run" ? (given as { readonly backend: string }).backend : task,
      fail: (code) => {
        const error = { name: "IsoconvError", code, message: code };
        this.dispatchEvent(new MessageEvent("message", { data: { kind: "error", id, error } }));
      },
    });
  }

  terminate(): void {
    // The call is removed.
  }
}

/** Ends the first pending call and lets the next one start. */
async function endFirst(): Promise<void> {
  open.shift()?.fail("EXECUTION_FAILED");
  await new Promise((resolve) => void setTimeout(resolve));
}

beforeEach(() => {
  open.length = 0;
  vi.stubGlobal("Worker", SilentWorker);
  vi.stubGlobal("document", { baseURI: "http://localhost/" });
});
afterEach(() => vi.unstubAllGlobals());

const task = {
  network: { model: "d2l/lenet", weights: { kind: "seed", seed: 1 } },
  images: float32([1, 1, 1, 1], [0]),
  warm: { most: 1, least: 1, budgetMilliseconds: 0 },
} as const;

test("backends run alone, and the oracle beside those in JavaScript only", async () => {
  const ended = runComparison({ ...task, backends: backendIds }, new AbortController().signal, () => undefined);
  const together: (readonly string[])[] = [];
  while (open.length > 0) {
    together.push(running());
    // The oracle ends last here, as it takes longest.
    open.sort((a, b) => Number(a.who === "oracle") - Number(b.who === "oracle"));
    await endFirst();
  }
  await ended;
  expect(together.map((each) => each.toSorted())).toEqual([
    ...backendIds.filter((id) => rowOf(id).runtime !== "JavaScript").map((id) => [id]),
    ["oracle", "reference"],
    ["oracle", "tfjs-cpu"],
    ["oracle"],
  ]);
});

test("nothing starts after a stop, and every row is stopped", async () => {
  const controller = new AbortController();
  const told: unknown[] = [];
  controller.abort();
  await runComparison({ ...task, backends: ["onnx-wasm"] }, controller.signal, (change) => told.push(change));
  expect(running()).toEqual([]);
  expect(told).toMatchObject([
    { backend: "onnx-wasm", row: { phase: "stopped" } },
    { oracle: { phase: "running" } },
    { oracle: { phase: "stopped" } },
  ]);
});
