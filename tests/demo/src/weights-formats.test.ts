import { readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { readSafetensors, readWeights, writeSafetensors, writeWeights, type WeightsFile } from "@isoconv/weights";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import { describe, expect, it } from "vitest";
import { compare, dropFiles } from "./comparing.test.support.js";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";

type Files = Readonly<Record<string, Uint8Array>>;

const [lenet] = trainedWeights;
const textBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A model in two parts, with the index that names them. */
function inParts({ tensors }: WeightsFile): Files {
  const names = [...tensors.keys()];
  const fileOf = (name: string): string => `model-${names.indexOf(name) % 2}.safetensors`;
  const part = (file: string): Uint8Array => {
    const own = [...tensors].filter(([name]) => fileOf(name) === file);
    return writeSafetensors(Object.fromEntries(own.map(([name, tensor]) => [name, tensor.toFloat32()])));
  };
  return {
    "model-1.safetensors": part("model-1.safetensors"),
    "model.safetensors.index.json": textBytes({
      weight_map: Object.fromEntries(names.map((name) => [name, fileOf(name)])),
    }),
    "model-0.safetensors": part("model-0.safetensors"),
  };
}

/** A model of TensorFlow.js with these names. */
function ofTfjs({ tensors }: WeightsFile): Files {
  const weights = [...tensors.values()].map(({ name, shape }) => ({ name, shape, dtype: "float32" }));
  return {
    "group1-shard1of1.bin": Buffer.concat([...tensors.values()].map((tensor) => tensor.bytes())),
    "model.json": textBytes({
      format: "layers-model",
      weightsManifest: [{ paths: ["group1-shard1of1.bin"], weights }],
    }),
  };
}

describe.skipIf(!hasBrowser)("weights of every format", () => {
  const { open } = demoPages();

  it("can be dropped, parts together, and run", async () => {
    const { page, complaints } = await open("backends=onnx-wasm&weights=file");
    const onto = page.getByText(/^Choose or drop a \.safetensors/);
    const file = await readWeights("lenet.safetensors", await readFile(lenet.weights));
    const given: Readonly<Record<string, Files>> = {
      "lenet.npz": { "lenet.npz": await writeWeights("npz", file) },
      "lenet.pth": { "lenet.pth": await writeWeights("pth", file) },
      "model.json": ofTfjs(file),
      "model.safetensors.index.json": inParts(file),
    };
    for (const [name, files] of Object.entries(given)) {
      await dropFiles(page, onto, files);
      await page.getByText(`${name}: d2l/lenet, 10 classes`).waitFor();
    }
    // The last ones are in parts, which the worker of the backend gets too.
    expect(await compare(page)).toMatch(/^✓ onnx-wasm agrees/);

    const { "model-0.safetensors": _, ...incomplete } = inParts(file);
    await dropFiles(page, onto, incomplete);
    const alert = page.getByRole("alert");
    await alert.getByText("INVALID_FILE model-0.safetensors: tensors are in this other file").waitFor();
    expect(complaints).toEqual([]);
  });

  it("of Keras fetch their reader when such a file is met", async () => {
    const { page, complaints } = await open("weights=file");
    const fetched: string[] = [];
    page.on("request", (request) => void fetched.push(new URL(request.url()).pathname));
    const packed = new URL("../../../goldens/data/array-files.safetensors.br", import.meta.url);
    const { tensors } = readSafetensors(brotliDecompressSync(await readFile(packed)));
    const onto = page.getByText(/^Choose or drop a \.safetensors/);
    const alert = page.getByRole("alert");
    const isReader = (path: string): boolean => /hdf5/.test(path);

    await dropFiles(page, onto, { "array.npz": tensors.get("few-deflated.npz")!.bytes() });
    await alert.getByText(/^INVALID_WEIGHTS/).waitFor();
    expect(fetched.filter(isReader)).toEqual([]);
    await dropFiles(page, onto, { "model.keras": tensors.get("stored.keras")!.bytes() });
    // It is read; its names are Keras', which no network of the zoo has.
    await alert.getByText(/^INVALID_WEIGHTS .*layers\/conv2d/).waitFor();
    expect(fetched.filter(isReader)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});
