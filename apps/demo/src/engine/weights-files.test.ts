import { writeSafetensors } from "@isoconv/weights";
import { describe, expect, it } from "vitest";
import { arrangeFiles, readGivenWeights, type GivenFile } from "./weights-files.js";

const part = (tensor: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(writeSafetensors({ [tensor]: { dtype: "float32", shape: [2], data: new Float32Array(2) } }));
const index = JSON.stringify({ weight_map: { a: "folder/1.safetensors", b: "folder/2.safetensors" } });
const given = (name: string, content: BlobPart): GivenFile => ({ name, file: new Blob([content]) });

const first = given("1.safetensors", part("a"));
const second = given("2.safetensors", part("b"));
const listing = given("model.safetensors.index.json", index);
const other = given("config.json", "{}");

describe("arrangeFiles", () => {
  it("takes a single file, whatever it is", async () => {
    expect(await arrangeFiles([other])).toEqual({ ...other, others: [] });
  });

  it("takes the file that lists the others, or else the only one with weights", async () => {
    expect(await arrangeFiles([first, other, listing, second])).toEqual({ ...listing, others: [first, other, second] });
    expect(await arrangeFiles([other, first])).toEqual({ ...first, others: [other] });
  });

  it("refuses several files of weights that nothing lists, and files without weights", async () => {
    await expect(arrangeFiles([first, second])).rejects.toThrow(
      /^INVALID_FILE: 1\.safetensors, 2\.safetensors: several files of weights without one that lists them/,
    );
    await expect(arrangeFiles([other, other])).rejects.toThrow(/^INVALID_FILE: .*none of the files has weights/);
  });
});

describe("readGivenWeights", () => {
  it("finds the parts of a model by their names", async () => {
    const { tensors } = await readGivenWeights(await arrangeFiles([first, listing, second]));
    expect([...tensors.keys()]).toEqual(["a", "b"]);
  });

  it("says which part is missing", async () => {
    await expect(readGivenWeights(await arrangeFiles([first, listing]))).rejects.toThrow(
      /^INVALID_FILE: folder\/2\.safetensors: .*was not given.*Choose or drop all files of the model together/,
    );
  });
});
