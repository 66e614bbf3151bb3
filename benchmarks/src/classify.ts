import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { photos } from "@isoconv/mobilenet-v2/photos";
import sharp from "sharp";
import { machineLine } from "./machine.js";

/** The least share of the time in which the network runs: pictures are decoded ahead of it. */
const LEAST_SHARE = 0.9;

const [model = "resnet50", count = "300", backend = "onnx-node"] = process.argv.slice(2);
const command = fileURLToPath(new URL("bin/isoconv.js", import.meta.resolve("@isoconv/cli/package.json")));

/** JPEGs of 500×375 pixels, crops of the photographs at different places. */
async function writePictures(folder: string): Promise<void> {
  const sources = await Promise.all(photos.map(({ file }) => readFile(file)));
  for (let index = 0; index < Number(count); index += 1) {
    const jpeg = await sharp(sources[index % sources.length], { ignoreIcc: true })
      .extract({ left: index % 50, top: index % 40, width: 400, height: 260 })
      .resize(500, 375, { fit: "fill" })
      .jpeg({ quality: 90 })
      .toBuffer();
    await writeFile(join(folder, `${index}.jpg`), jpeg);
  }
}

const folder = await mkdtemp(join(tmpdir(), "isoconv-bench-classify-"));
try {
  await writePictures(folder);
  const args = ["classify", folder, "--model", model, "--weights", "seed:1", "--backend", backend];
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...args, "--threads", "1", "--json"], {
    maxBuffer: 2 ** 26,
  });
  const { runMilliseconds, wallMilliseconds } = JSON.parse(stdout) as Record<string, number>;
  const share = runMilliseconds / wallMilliseconds;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  console.log(`${machineLine()}, load ${loadavg()[0].toFixed(1)}

${count} JPEGs of 500×375, ${model} on ${backend}, one thread: the network ran ${seconds(runMilliseconds)} of ${seconds(wallMilliseconds)}, a share of ${share.toFixed(3)}`);
  if (share < LEAST_SHARE) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
