import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { execute, root } from "./packed-project.test.support.js";

/** Packages whose README has examples that say in comments what they print. */
const packages = ["judge", "onnx", "inspect", "conformance", "conformance-faults", "vision", "weights", "mobilenet-v2"];

it.for(packages)("the examples in the README of %s print what their comments say", async (name) => {
  const folder = join(root, "packages", name);
  const examples = [...(await readFile(join(folder, "README.md"), "utf8")).matchAll(/```js\n(import .*?)```/gs)];
  expect(examples).not.toEqual([]);
  for (const [, example = ""] of examples) {
    const promised = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => comment);
    expect(promised).not.toEqual([]);
    const { stdout } = await execute(process.execPath, ["--input-type=module", "--eval", example], { cwd: folder });
    expect(stdout.trimEnd().split("\n")).toEqual(promised);
  }
});
