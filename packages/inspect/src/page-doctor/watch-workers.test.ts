import { afterEach, expect, it, vi } from "vitest";
import { watchWorkers } from "./watch-workers.js";

afterEach(() => vi.unstubAllGlobals());

it("counts the workers of two concurrent tasks separately, and restores the page's own Worker", async () => {
  class PageWorker extends EventTarget {}
  vi.stubGlobal("Worker", PageWorker);
  const start = async (count: number) => {
    const workers: Worker[] = [];
    for (let i = 0; i < count; i += 1) {
      await Promise.resolve();
      workers.push(new Worker("w.js"));
    }
    return workers.length;
  };
  const failing = watchWorkers(() => Promise.reject(new Error("no")));
  const both = Promise.all([watchWorkers(() => start(1)), watchWorkers(() => start(3))]);
  await expect(failing).rejects.toThrow("no");
  expect(await both).toEqual([
    [1, { started: 1, errors: [] }],
    [3, { started: 3, errors: [] }],
  ]);
  expect(Worker).toBe(PageWorker);
});
