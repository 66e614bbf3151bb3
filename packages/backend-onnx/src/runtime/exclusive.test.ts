import { expect, test } from "vitest";
import { exclusive } from "./exclusive.js";

test("tasks run one after another, in order, whatever becomes of them", async () => {
  const run = exclusive();
  const log: string[] = [];
  const task =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} starts`);
      await new Promise((resolve) => void setTimeout(resolve, 1));
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([run(task("a", true)), run(task("b")), run(task("c"))]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(log).toEqual(["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
});

test("a task that finds the queue idle starts at once", async () => {
  const run = exclusive();
  let started = 0;
  const task = async (): Promise<void> => {
    started += 1;
  };
  const first = run(task);
  expect(started).toBe(1);
  await first;
  await Promise.resolve();
  void run(task);
  expect(started).toBe(2);
});
