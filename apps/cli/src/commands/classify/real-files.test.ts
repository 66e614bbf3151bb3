import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { float32, isIsoconvError, type Parameters, type TensorOf } from "@isoconv/core-spec";
import { judgeEndToEnd, referenceResults } from "@isoconv/judge";
import { photos } from "@isoconv/mobilenet-v2/photos";
import { isBatchCounter, loadParameters, readSafetensors, readWeights, renameTensors } from "@isoconv/weights";
import { createModel, publishedWeights, type Model, type Preprocessing } from "@isoconv/zoo";
import { describe, expect, it, type TestContext } from "vitest";
import { backends, createBackend } from "../../backends.js";
import { preparePicture } from "./prepare-picture.js";

/** What tools/real-files/logits.py writes: torchvision's inputs, PyTorch's logits. */
interface RealCase {
  readonly id: string;
  readonly weights: string;
  readonly photos: readonly {
    readonly file: string;
    readonly input: string;
    readonly top: readonly { readonly class: number; readonly logit: number }[];
  }[];
}

const data = new URL("../../../../../goldens/data/", import.meta.url);
const cases = JSON.parse(readFileSync(new URL("real-logits.json", data), "utf8")) as readonly RealCase[];
const logits = readSafetensors(readFileSync(new URL("real-logits.safetensors", data))).tensors;

const folder = process.env["ISOCONV_REAL_FILES"] ?? "";
const isFull = process.env["ISOCONV_FULL"] === "1";

const sha256 = ({ data }: TensorOf<"float32">): string => createHash("sha256").update(data).digest("hex");

function presetOf(model: string): Preprocessing {
  return publishedWeights(model, { classes: 1000, channels: 3 })!.preprocessing;
}

async function inputOf(path: string, preprocessing: Preprocessing): Promise<TensorOf<"float32">> {
  const prepared = await preparePicture(path, preprocessing);
  if ("error" in prepared) throw new Error(prepared.error.message);
  return prepared.input;
}

describe("the photographs that come with the command", () => {
  const [{ photos: expected }] = cases.filter(({ id }) => id === "mobilenet_v2-float16");

  it.each(photos.map(({ name, file }, index) => ({ name, file, input: expected[index]?.input })))(
    "$name becomes the bits of torchvision's input",
    async ({ file, input }) => {
      expect(sha256(await inputOf(fileURLToPath(file), presetOf("mobilenet_v2")))).toBe(input);
    },
  );
});

/** Files of other libraries have other names in the same order. */
async function readInOrder(model: Model, path: string): Promise<Parameters> {
  const file = await readWeights(path, pathToFileURL(path), { select: (name) => !isBatchCounter(name) });
  const names = [...file.tensors.keys()];
  const own = new Map(names.map((name, index) => [name, model.parameters[index]?.name ?? name]));
  return loadParameters(
    model.parameters,
    renameTensors(file, (name) => own.get(name) ?? name),
  );
}

function skipWithout(path: string, skip: TestContext["skip"]): void {
  skip(!isFull, "real files are read in npm run test:full");
  skip(!existsSync(path), "node tools/real-files/fetch.mjs fetches the real files");
}

describe.each(cases.filter(({ id }) => !id.endsWith("float16")))("$id", ({ id, weights, photos: pictures }) => {
  const path = join(folder, weights);

  it.for(pictures)("takes $file with the bits of torchvision's input", async ({ file, input }, { skip }) => {
    skipWithout(join(folder, file), skip);
    expect(sha256(await inputOf(join(folder, file), presetOf(id)))).toBe(input);
  });

  it("has PyTorch's logits of all photographs on every backend that runs here", async ({ skip }) => {
    skipWithout(path, skip);
    for (const { file } of pictures) skipWithout(join(folder, file), skip);
    const model = createModel(id);
    const parameters = await readInOrder(model, path);
    const inputs = await Promise.all(pictures.map(({ file }) => inputOf(join(folder, file), presetOf(id))));
    const input = float32([inputs.length, 3, 224, 224], Float32Array.from(inputs.flatMap(({ data }) => [...data])));
    const value = logits.get(id)!.toFloat64();
    // The oracle takes seconds for a photograph, and the noise floor six runs: one photograph stands for all.
    const sampled = (await referenceResults(model.graph, parameters, { input: inputs[0] })).get("logits")!;
    for (const [index, each] of sampled.value.entries()) expect(each).toBeCloseTo(value[index], 10);
    const scale = value.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    const reference = { shape: [pictures.length, 1000], value, scale, noiseFloor: sampled.noiseFloor };
    const verdicts: Record<string, unknown> = {};
    for (const entry of backends) {
      const backend = await createBackend(entry, undefined).catch((error: unknown) => {
        if (isIsoconvError(error, "BACKEND_UNAVAILABLE")) return undefined;
        throw error;
      });
      if (backend === undefined) continue;
      const executable = await backend.compile(model.graph, parameters);
      const results = await executable.run({ input });
      const { agrees, wrongTop1 } = judgeEndToEnd(results["logits"], reference, backend.capabilities);
      verdicts[backend.id] = { agrees, wrongTop1 };
      await backend.dispose();
    }
    expect(Object.keys(verdicts)).toContain("onnx-node");
    expect(verdicts).toEqual(
      Object.fromEntries(Object.keys(verdicts).map((each) => [each, { agrees: true, wrongTop1: [] }])),
    );
  });
});
