import { describe, expect, it } from "vitest";
import { pairedRounds } from "./paired-rounds.js";

/** A clock that only runs advance. */
function fakeTime() {
  let time = 0;
  const log: string[] = [];
  return {
    now: () => time,
    log,
    takes: (id: string, milliseconds: number) => ({
      id,
      run: async () => {
        log.push(id);
        time += milliseconds;
      },
    }),
  };
}

describe("pairedRounds", () => {
  it("gives each contestant one turn per round, rotates the order and reverses it each cycle", async () => {
    const { now, log, takes } = fakeTime();
    const contestants = ["a", "b", "c"].map((id) => takes(id, 50));
    const outcomes = await pairedRounds(contestants, { rounds: 6, now });
    expect(log.slice(9).join("")).toBe("abcbcacabcbaacbbac");
    expect([...outcomes.values()]).toEqual(contestants.map(() => ({ times: [50, 50, 50, 50, 50, 50] })));
  });

  it("makes a turn of short runs last at least 5 ms, and reports one run", async () => {
    const { now, log, takes } = fakeTime();
    const before = (): number => log.length;
    const outcomes = await pairedRounds([takes("short", 2 ** -4)], { rounds: 2, now });
    expect(outcomes.get("short")).toEqual({ times: [2 ** -4, 2 ** -4] });
    // 20 ms of warming up, then twice one uncounted run and five stretches of 1 ms each.
    expect(before()).toBe(20 * 16 + 2 * (1 + 5 * 16));
  });

  it("ends even where the clock does not advance", async () => {
    let time = 0;
    let runs = 0;
    const run = async (): Promise<void> => {
      runs += 1;
      if (runs % 100 === 0) time += 1;
    };
    const outcomes = await pairedRounds([{ id: "coarse", run }], { rounds: 1, now: () => time });
    expect(outcomes.get("coarse")).toEqual({ times: [0.01] });
  });

  it("is not affected by one slow stretch of a turn", async () => {
    let time = 0;
    let runs = 0;
    const run = async (): Promise<void> => {
      runs += 1;
      time += runs === 25 ? 900 : 1;
    };
    const outcomes = await pairedRounds([{ id: "x", run }], { rounds: 1, now: () => time });
    expect(outcomes.get("x")).toEqual({ times: [1] });
  });

  it("continues without a contestant that throws", async () => {
    const { now, takes } = fakeTime();
    const broken = { id: "broken", run: () => Promise.reject(new Error("no")) };
    const outcomes = await pairedRounds([broken, takes("fine", 30)], { rounds: 3, now });
    expect(outcomes.get("broken")).toEqual({ error: new Error("no") });
    expect(outcomes.get("fine")).toEqual({ times: [30, 30, 30] });
  });

  it("stops on an abort", async () => {
    const { now, takes } = fakeTime();
    const signal = AbortSignal.abort();
    await expect(pairedRounds([takes("a", 30)], { rounds: 1, now, signal })).rejects.toMatchObject({ code: "ABORTED" });
  });
});
