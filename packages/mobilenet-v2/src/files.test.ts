import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { preprocess } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/node";
import { readSafetensors } from "@isoconv/weights";
import { createModel, loadCheckpoint, pretrainedFor } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { mobilenetV2, mobilenetV2In } from "./index.js";
import { photos, photosIn } from "./photos.js";

const sha256 = (bytes: NodeJS.ArrayBufferView): string => createHash("sha256").update(bytes).digest("hex");

const published = pretrainedFor(mobilenetV2.model).find(({ name }) => name === mobilenetV2.pretrained)!;

describe("the weights", () => {
  it("match the size and hash in their metadata, and come from the published file", async () => {
    const bytes = await readFile(mobilenetV2.weights);
    const [file] = published.files;
    if (file?.format !== "pth") throw new Error("no pth file");
    expect(JSON.parse(await readFile(mobilenetV2.metadata, "utf8"))).toMatchObject({
      model: mobilenetV2.model,
      pretrained: mobilenetV2.pretrained,
      file: mobilenetV2.weights.pathname.split("/").at(-1),
      bytes: bytes.byteLength,
      sha256: sha256(bytes),
      source: { file: file.url, sha256: expect.stringMatching(new RegExp(`^${file.sha256Prefix}`)) as string },
    });
  });

  it("are float16, and fit the model by name", async () => {
    const model = createModel(mobilenetV2.model);
    const file = readSafetensors(await readFile(mobilenetV2.weights));
    expect([...file.tensors.keys()].toSorted()).toEqual(model.parameters.map(({ name }) => name).toSorted());
    expect(new Set([...file.tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(["F16"]));
    expect(loadCheckpoint(model, file)).toMatchObject({ naming: "pytorch", renamed: [], dropped: [] });
  });

  it("have logits of the photographs that are PyTorch's, in float64", async () => {
    const pictures = await Promise.all(photos.map(async ({ name, file }) => readPicture(name, await readFile(file))));
    const { weights, input, logits } = JSON.parse(await readFile(mobilenetV2.photosLogits, "utf8")) as {
      readonly weights: string;
      readonly input: string;
      readonly logits: Readonly<Record<string, readonly number[]>>;
    };
    expect(weights).toBe(sha256(await readFile(mobilenetV2.weights)));
    expect(input).toBe(sha256(preprocess(pictures, published.preprocessing).data));
    // Written by tools/real-files/logits.py.
    const written = new URL("../../../goldens/data/real-logits.json", import.meta.url);
    const cases = JSON.parse(await readFile(written, "utf8")) as readonly {
      readonly id: string;
      readonly photos: readonly { readonly top: readonly { readonly class: number; readonly logit: number }[] }[];
    }[];
    const expected = cases.find(({ id }) => id === "mobilenet_v2-float16")?.photos ?? [];
    expect(expected).toHaveLength(photos.length);
    for (const [index, { top }] of expected.entries()) {
      for (const each of top) expect(logits[photos[index].name][each.class]).toBeCloseTo(each.logit, 10);
    }
  });

  it("include their licence", async () => {
    const licence = await readFile(mobilenetV2.licence, "utf8");
    expect(licence).toContain(mobilenetV2.weights.pathname.split("/").at(-1));
    expect(licence).toContain("Copyright (c) Soumith Chintala 2016");
  });
});

/** Of the pixels of scikit-image's files, as RGB. */
const PIXELS: Readonly<Record<string, string>> = {
  "chelsea.png": "416b729128bfb2c3d1eb69bf9b1734a796293abc17939267b2dc94f8a5784031",
  "coffee.png": "0ce2b51640b9c95f19617f03eabf40c3f0368589cc1ee1190b70966165ac184f",
  "astronaut.webp": "a8c429c18afa7b0fd5673e598d73a21225d94c864a71bbb3885126fdecb41071",
};

describe.each(photos)("the photograph $name", ({ name, width, height, terms, author, file, licence }) => {
  it("has the pixels of its original", async () => {
    const picture = await readPicture(name, await readFile(file));
    expect(picture).toMatchObject({ mode: "RGB", width, height });
    expect(sha256(picture.data)).toBe(PIXELS[name]);
  });

  it("includes its author and terms", async () => {
    const line = (await readFile(licence, "utf8")).split("\n").find((each) => each.startsWith(`${name} `));
    expect(line).toContain(author);
    expect(line).toContain(terms);
  });
});

describe("a folder that the program names", () => {
  it("has the same files", () => {
    const folder = new URL(".", mobilenetV2.weights);
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(plain(mobilenetV2In(folder))).toEqual(plain(mobilenetV2));
    expect(plain(photosIn(folder.href.slice(0, -1)))).toEqual(plain(photos));
  });

  it("has an absolute address", () => {
    expect(() => mobilenetV2In("/weights/")).toThrow(/^INVALID_FILE: folder: .* no absolute address/);
    expect(() => photosIn("photos")).toThrow(/^INVALID_FILE: folder: .* no absolute address/);
  });
});
