import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startProgress } from "./progress.js";

/** A stream that records its text. */
function recorder(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY }) as PassThrough & NodeJS.WriteStream;
  return { stream, text: () => String(stream.read() ?? "") };
}

describe("startProgress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("prints nothing within the first second", () => {
    const { stream, text } = recorder(true);
    const progress = startProgress(stream);
    progress.step("quick");
    vi.advanceTimersByTime(900);
    progress.done();
    vi.advanceTimersByTime(5000);
    expect(text()).toBe("");
  });

  it("writes each step once, as a line, if the stream is not a terminal", () => {
    const { stream, text } = recorder(false);
    const progress = startProgress(stream);
    progress.step("first");
    vi.advanceTimersByTime(1500);
    progress.step("first");
    progress.step("second");
    progress.done();
    expect(text()).toBe("first\nsecond\n");
  });

  it("writes a line of a count every ten seconds if the stream is not a terminal", () => {
    const { stream, text } = recorder(false);
    const progress = startProgress(stream);
    for (let second = 1; second <= 25; second += 1) {
      vi.advanceTimersByTime(1000);
      progress.count(`${second} of 25`);
    }
    progress.done();
    expect(text()).toBe("11 of 25\n22 of 25\n");
  });

  it("rewrites one line on a terminal, and removes it at the end", () => {
    const { stream, text } = recorder(true);
    const progress = startProgress(stream);
    progress.step("first");
    vi.advanceTimersByTime(2000);
    progress.step("second");
    progress.done();
    expect(text()).toBe("\r\u001b[2Kfirst (1 s)\r\u001b[2Kfirst (2 s)\r\u001b[2Ksecond (2 s)\r\u001b[2K");
  });
});
