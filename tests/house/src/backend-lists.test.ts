import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "./repository.test.support.js";

it("the table is the only hand-kept list of backends", () => {
  const [count, ...lists] = execFileSync(process.execPath, ["tools/backend-lists.mjs"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
  expect(lists.map((line) => line.split(":")[0])).toEqual(["packages/backends/src/table.ts"]);
  expect(count).toBe("1 hand-kept list of backends");
});
