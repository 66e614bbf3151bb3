import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startWithin } from "./start-limit.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): Promise<never> => new Promise(() => {});

async function settled<T>(work: Promise<T>, milliseconds: number): Promise<PromiseSettledResult<T> | "pending"> {
  const outcome = Promise.race([
    Promise.allSettled([work]).then(([result]) => result),
    new Promise<"pending">((resolve) => void setTimeout(() => resolve("pending"), milliseconds)),
  ]);
  await vi.advanceTimersByTimeAsync(milliseconds);
  return outcome;
}

it("a start that never settles is given up after 60 s, with how far it came", async () => {
  const start = startWithin({}, { what: "the runtime", stage: () => "after 3 of 7 bytes", hint: "Wait" }, never);
  expect(await settled(start, 59_900)).toBe("pending");
  const given = await settled(start, 200);
  expect(given).toMatchObject({
    reason: {
      code: "BACKEND_UNAVAILABLE",
      message: "BACKEND_UNAVAILABLE: the runtime did not start: nothing happened for 60 s, after 3 of 7 bytes. Wait",
    },
  });
});

it("every sign of progress starts the limit again", async () => {
  const start = startWithin({ startTimeout: 3000 }, { what: "x" }, async (progress) => {
    for (let step = 0; step < 5; step += 1) {
      await new Promise((resolve) => void setTimeout(resolve, 2500));
      progress();
    }
    return "started";
  });
  expect(await settled(start, 13_000)).toEqual({ status: "fulfilled", value: "started" });
});

it("a limit below a second holds too, and Infinity sets none", async () => {
  expect(await settled(startWithin({ startTimeout: 50 }, { what: "x" }, never), 60)).toMatchObject({
    reason: { message: expect.stringContaining("nothing happened for 0.05 s") as string },
  });
  expect(await settled(startWithin({ startTimeout: Infinity }, { what: "x" }, never), 10_000_000)).toBe("pending");
});

it("what starts too late is freed", async () => {
  const discard = vi.fn<(late: string) => void>();
  let finish = (_value: string): void => {};
  const start = startWithin(
    { startTimeout: 1000 },
    { what: "x", discard },
    () => new Promise<string>((r) => (finish = r)),
  );
  expect(await settled(start, 2000)).toMatchObject({ status: "rejected" });
  finish("late");
  await vi.advanceTimersByTimeAsync(1);
  expect(discard).toHaveBeenCalledWith("late");
});

it("the start's own error is passed on, and leaves no timer", async () => {
  const defect = new TypeError("x is not a function");
  const fails = (): Promise<never> => {
    throw defect;
  };
  await expect(startWithin({}, { what: "x" }, fails)).rejects.toBe(defect);
  expect(vi.getTimerCount()).toBe(0);
});

it.each([0, -1, Number.NaN, "60", null])("startTimeout %s is refused", (startTimeout) => {
  expect(() => startWithin({ startTimeout: startTimeout as number }, { what: "x" }, never)).toThrow(
    "INVALID_ATTRIBUTE: options.startTimeout: attribute out of its domain; expected a number above 0",
  );
});
