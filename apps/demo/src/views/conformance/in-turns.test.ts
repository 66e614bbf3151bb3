import { expect, it } from "vitest";
import { inTurns } from "./in-turns.js";

it("processes every item, with a limited number at once", async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inTurns([1, 2, 3, 4, 5], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => void setTimeout(resolve));
    running -= 1;
    done.push(item);
  });
  expect(new Set(done)).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(most).toBe(2);
});
