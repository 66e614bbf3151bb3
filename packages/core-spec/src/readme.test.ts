import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { graphBuilder } from "./graph/builder.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/```(js|text)\n(.*?)```/gs)].map(([, , text]) => text);

test("the README's example runs against the built package and prints what the README says", () => {
  const [code, output] = blocks;
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd, encoding: "utf8" });
  expect(printed).toBe(output);
});

test("the README quotes the error that its example of a mistake gets", () => {
  const g = graphBuilder("tiny");
  const x = g.input("image", ["N", 3, 32, 32]);
  expect(() => g.conv2d({ x, w: g.parameter("conv.weight", [16, 4, 3, 3]) }, {}, "conv")).toThrow(blocks[2].trim());
});
