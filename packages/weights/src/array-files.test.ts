import { describe, expect, it } from "vitest";
import { expectedSums, packedFiles, sumsOf } from "./packed-files.test.support.js";
import { readWeights } from "./read-weights.js";
import { expectTfjsValues } from "./tfjs-values.test.support.js";

// Written by tools/checkpoints with NumPy, h5py and the safetensors library, whose sums of the tensors these are.
const files = packedFiles("array-files.safetensors.br");
const expected = expectedSums("array-files.json");

/** Reads the other files of a model beside the first. */
const siblings = (name: string) => (path: string) => files.get(name.replace(/[^/]*$/, path));

describe("the files of other libraries", () => {
  it.each(Object.keys(expected))("%s has its tensors", async (name) => {
    const file = await readWeights(name, files.get(name)!, { sibling: siblings(name) });
    expect(sumsOf(file)).toEqual(expected[name]);
    expect(file.remarks).toHaveLength(name.includes("texts") ? 1 : 0);
  });

  it("cover every format apart from PyTorch's", async () => {
    const formats = await Promise.all(
      Object.keys(expected).map(async (name) => {
        return (await readWeights(name, files.get(name)!, { sibling: siblings(name) })).format;
      }),
    );
    expect(new Set(formats)).toEqual(
      new Set(["safetensors in parts", "NumPy archive", "NumPy array", "TensorFlow.js", "Keras HDF5", "Keras"]),
    );
  });

  it.each(["layers", "graph"])("%s/model.json has the values that TensorFlow.js decodes", async (folder) => {
    const name = `${folder}/model.json`;
    const file = await readWeights(name, files.get(name)!, { sibling: siblings(name) });
    expectTfjsValues(file, (path) => files.get(`${folder}/${path}`)!);
  });
});
