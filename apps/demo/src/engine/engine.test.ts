import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Engine } from "./engine.js";
import { isAborted } from "./plain-error.js";
import type { ToWorker } from "./protocol.js";

/** A worker that answers only when the test tells it to. */
class SilentWorker extends EventTarget {
  static readonly all: SilentWorker[] = [];
  readonly got: ToWorker[] = [];
  isEnded = false;

  constructor() {
    super();
    SilentWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.got.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(id: number, result: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: { kind: "result", id, result } }));
  }
}

beforeEach(() => {
  SilentWorker.all.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("Worker", SilentWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const calls = () => SilentWorker.all.map(({ got }) => got.filter(({ kind }) => kind === "call").map(({ id }) => id));

it("a call that does not react to an abort loses its worker, and queued calls go to a new one", async () => {
  const engine = new Engine();
  const controller = new AbortController();
  const first = engine.call("faults", undefined, { signal: controller.signal }).catch(isAborted);
  const second = engine.call("benchSubjects", undefined);
  controller.abort();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await first).toBe(true);
  expect(SilentWorker.all.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  expect(calls()).toEqual([[0, 1], [1]]);
  SilentWorker.all[1].answer(1, []);
  expect(await second).toEqual([]);
});

it("a queued call is aborted without a restart of the running one", async () => {
  const engine = new Engine();
  const controller = new AbortController();
  const first = engine.call("faults", undefined);
  const second = engine.call("benchSubjects", undefined, { signal: controller.signal }).catch(isAborted);
  controller.abort();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await second).toBe(true);
  expect(SilentWorker.all.map(({ isEnded }) => isEnded)).toEqual([false]);
  expect(calls()).toEqual([[0, 1]]);
  SilentWorker.all[0].answer(0, []);
  expect(await first).toEqual([]);
});
