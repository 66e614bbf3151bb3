import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { execute, root } from "./packed-project.test.support.js";

/** Packages whose README's first JavaScript example says in comments what it prints. */
const packages = ["judge", "onnx", "inspect", "conformance", "conformance-faults"];

it.for(packages)("the example in the README of %s prints what its comments say", async (name) => {
  const folder = join(root, "packages", name);
  const [, example = ""] = /```js\n(.*?)```/s.exec(await readFile(join(folder, "README.md"), "utf8")) ?? [];
  const promised = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => comment);
  expect(promised.length).toBeGreaterThan(0);
  const { stdout } = await execute(process.execPath, ["--input-type=module", "--eval", example], { cwd: folder });
  expect(stdout.trimEnd().split("\n")).toEqual(promised);
});
