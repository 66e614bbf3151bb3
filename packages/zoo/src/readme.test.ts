import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);

/** The output that a comment promises: after a `console.log`, or on the lines below it. */
const promisesOf = (code: string): string[] =>
  [...code.matchAll(/(?:console\.log\(.*\); |^)\/\/ (.*)$/gm)].map(([, comment]) => comment);

it.each(examples)("the README's example %# prints what its comments say", (code) => {
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd, encoding: "utf8" });
  const promised = new Set(promisesOf(code));
  expect(promised.size).toBeGreaterThan(0);
  expect(printed.split("\n").filter((line) => promised.has(line))).toEqual([...promised]);
});

it("the README's program prints its summary and drawing", () => {
  const [, code, output] = /```js\n(.*?)```\n\n```text\n(.*?)```/s.exec(readme) ?? [];
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd, encoding: "utf8" });
  expect(printed).toBe(output);
});
