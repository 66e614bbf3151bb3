import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ToWorker } from "../../engine/protocol.js";

const asked: ToWorker[] = [];

/** An engine that finds no error in any text. */
class AnalysingWorker extends EventTarget {
  postMessage(message: ToWorker): void {
    if (message.kind !== "call") return;
    asked.push(message);
    const data = { kind: "result", id: message.id, result: { lines: [] } };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }

  terminate(): void {}
}

/** The part of the page's address that holds its state. */
const location = { hash: "" };

beforeAll(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Worker", AnalysingWorker);
  vi.stubGlobal("location", location);
  vi.stubGlobal("addEventListener", () => undefined);
  const write = (_state: unknown, _title: string, hash: string): void => void (location.hash = hash);
  vi.stubGlobal("history", { replaceState: write, pushState: write });
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const written = (): string | null => new URLSearchParams(location.hash.slice(1)).get("layers");

it("keeps the text when the view is left before a pause, and analyses no text twice", async () => {
  const { analysed, followText, isSound, text } = await import("./build-state.js");
  const leave = followText();
  await vi.runAllTimersAsync();
  expect(isSound.value).toBe(true);
  text.value = "typed";
  leave();
  expect(written()).toBe("typed");

  const leaveAgain = followText();
  expect(text.value).toBe("typed");
  await vi.runAllTimersAsync();
  expect(isSound.value).toBe(true);
  const found = analysed.value;
  leaveAgain();

  const leaveAtLast = followText();
  await vi.runAllTimersAsync();
  expect(analysed.value).toBe(found);
  expect(asked).toHaveLength(2);
  leaveAtLast();
});
