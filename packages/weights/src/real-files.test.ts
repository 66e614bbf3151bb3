import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";
import { isFull } from "./hostile-files.test.support.js";
import { expectedSums, sumsOf } from "./packed-files.test.support.js";
import { readWeights } from "./read-weights.js";
import { expectTfjsValues } from "./tfjs-values.test.support.js";

const folder = process.env["ISOCONV_REAL_FILES"] ?? "";

/** The path of a file that tools/real-files fetches; without it, the test is skipped. */
function fetched(file: string, skip: TestContext["skip"]): string {
  skip(!isFull, "real files are read in npm run test:full");
  const path = join(folder, file);
  skip(!existsSync(path), "node tools/real-files/fetch.mjs fetches the real files");
  return path;
}

// Written by tools/real-files/sums.py with PyTorch 1.13.
const checkpoints = Object.entries(expectedSums("real-checkpoints.json"));

describe("real checkpoints", () => {
  it.for(checkpoints)("%s has PyTorch's tensors", async ([file, expected], { skip }) => {
    const path = fetched(file, skip);
    const read = await readWeights(path, pathToFileURL(path));
    expect(sumsOf(read)).toEqual(expected);
    expect([...read.tensors.keys()]).toEqual(Object.keys(expected));
    expect(read.remarks).toEqual([]);
  });
});

const models = ["x2", "x3", "x4", "x8"].map((scale) => `@upscalerjs/esrgan-slim/${scale}/model.json`);

describe("real models of TensorFlow.js", () => {
  it.for([...models, "@spotify/basic-pitch/model.json"])(
    "%s has the values that it decodes",
    async (file, { skip }) => {
      const path = fetched(file, skip);
      const read = await readWeights(path, pathToFileURL(path));
      expect(read.tensors.size).toBeGreaterThan(20);
      expectTfjsValues(read, (name) => readFileSync(join(dirname(path), name)));
    },
  );
});
