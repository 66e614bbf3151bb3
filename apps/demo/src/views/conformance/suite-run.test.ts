import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ToWorker } from "../../engine/protocol.js";
import { SuiteRun } from "./suite-run.js";
import type { PlanChoice } from "./suite-tasks.js";

const asked: ToWorker[] = [];

/** A worker that records its messages and never answers. */
class SilentWorker extends EventTarget {
  postMessage(message: ToWorker): void {
    asked.push(message);
  }

  terminate(): void {}
}

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("Worker", SilentWorker);
  vi.stubGlobal("document", { baseURI: "https://page.example/" });
  vi.stubGlobal("navigator", { hardwareConcurrency: 2 });
});
afterEach(() => vi.unstubAllGlobals());

it("runs a case again from the plan of its run; for a target that was not run, from the chosen plan", () => {
  const ran: PlanChoice = { budget: "full", filter: ["op/relu/**"] };
  const chosen: PlanChoice = { budget: "quick", filter: ["nothing"] };
  const run = new SuiteRun();
  const signal = new AbortController().signal;
  void run.start(["tfjs-cpu"], ran);
  run.stop();
  for (const target of ["tfjs-cpu", "onnx-wasm"] as const) {
    run.detail(target, "op/relu/exact/a", chosen, signal).catch(() => undefined);
  }
  const given = asked.flatMap((message) => (message.kind === "call" ? [[message.task, message.given]] : []));
  expect(given).toMatchObject([
    ["conformance", { target: "tfjs-cpu", plan: ran }],
    ["conformanceCase", { target: "tfjs-cpu", plan: ran }],
    ["conformanceCase", { target: "onnx-wasm", plan: chosen }],
  ]);
  run.end();
});
