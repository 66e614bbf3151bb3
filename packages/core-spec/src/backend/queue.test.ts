import { expect, test } from "vitest";
import { SerialQueue } from "./queue.js";

test("a task on an idle queue starts at once, and the next starts when it is done", async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const task = (name: string) => async (): Promise<string> => {
    log.push(`${name} starts`);
    await Promise.resolve();
    log.push(`${name} ends`);
    return name;
  };
  const both = [queue.run(task("a")), queue.run(task("b"))];
  expect(log).toEqual(["a starts"]);
  expect(await Promise.all(both)).toEqual(["a", "b"]);
  expect(log).toEqual(["a starts", "a ends", "b starts", "b ends"]);
  await queue.idle();
  void queue.run(task("c"));
  expect(log.at(-1)).toBe("c starts");
});

test("a failure reaches only its own caller", async () => {
  const queue = new SerialQueue();
  const failing = queue.run(() => Promise.reject(new Error("mine")));
  const fine = queue.run(() => Promise.resolve(1));
  await expect(failing).rejects.toThrow("mine");
  await expect(fine).resolves.toBe(1);
  await expect(queue.idle()).resolves.toBeUndefined();
});

test("a task that throws before it returns a promise does not affect the others", async () => {
  const queue = new SerialQueue();
  const throwing = (): Promise<never> => {
    throw new Error("at once");
  };
  await expect(queue.run(throwing)).rejects.toThrow("at once");
  expect(queue.tryEnter()).toBe(true);
  const waiting = queue.run(() => Promise.resolve("next"));
  expect(queue.tryEnter()).toBe(false);
  queue.leave();
  await expect(waiting).resolves.toBe("next");
});
