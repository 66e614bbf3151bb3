// Measures time and memory of reading a .pth of 500 MB against reading the same file whole, each in a process of its own.
//
//     npx tsc -b packages/weights
//     node tools/checkpoints/measure-large-file.mjs [megabytes] [legacy|zip]
import { execFileSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const MEGABYTE = 1e6;
const TENSORS = 50;
const weights = new URL("../../packages/weights/dist/index.js", import.meta.url).href;

/** A checkpoint of the layout before version 1.6 of PyTorch, as torchvision's older files have it, of float32 tensors. */
async function writeCheckpoint(path, bytes) {
  const count = Math.floor(bytes / TENSORS / 4);
  const number = (value, length) => {
    const buffer = Buffer.alloc(length);
    buffer.writeUInt32LE(value);
    return buffer.toString("latin1");
  };
  const text = (value) => `X${number(value.length, 4)}${value}`;
  const tensor = (key) =>
    `ctorch._utils\n_rebuild_tensor_v2\n((${text("storage")}ctorch\nFloatStorage\n${text(key)}${text("cpu")}J${number(count, 4)}tQ` +
    `K\0J${number(count, 4)}\x85K\x01\x85\x89}tR`;
  const keys = Array.from({ length: TENSORS }, (_, key) => String(key));
  const pickles = [
    "\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19",
    "M\xe9\x03",
    "}",
    `}(${keys.map((key) => text(`layer${key}.weight`) + tensor(key)).join("")}u`,
    `](${keys.map(text).join("")}e`,
  ];
  const file = createWriteStream(path);
  const write = (chunk) => new Promise((resolve) => file.write(chunk, resolve));
  await write(Buffer.from(pickles.map((pickle) => `\x80\x02${pickle}.`).join(""), "latin1"));
  const data = new Uint8Array(Float32Array.from({ length: count }, (_, index) => index / count).buffer);
  for (const _ of keys) {
    await write(Buffer.from(number(count, 8), "latin1"));
    await write(data);
  }
  file.end();
  await finished(file);
}

/** Replaces a checkpoint by one of the layout since version 1.6, a zip archive. */
async function makeZip(path) {
  const { readWeights, writeWeights } = await import(weights);
  await writeFile(path, await writeWeights("pth", await readWeights(path, pathToFileURL(path))));
}

/** Seconds of a task, and the highest resident memory above that before it; printed by a process of its own. */
async function measure(task, path) {
  const { readWeights, writeWeights } = await import(weights);
  // Code is loaded and compiled before the measurement: a file of no tensors, in a layout that the libraries are needed for.
  await readWeights("a.pth", await writeWeights("pth", { metadata: {}, tensors: new Map() }));
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const kept = task === "file" ? await readFile(path) : await readWeights(path, pathToFileURL(path));
  const seconds = (performance.now() - start) / 1000;
  const memory = process.resourceUsage().maxRSS * 1024 - before;
  console.log(JSON.stringify({ seconds, memory, kept: kept.byteLength ?? kept.tensors.size }));
}

const [option, task, given] = process.argv.slice(2);
if (option === "--task" && task === "zip") {
  await makeZip(given);
} else if (option === "--task") {
  await measure(task, given);
} else {
  const megabytes = Number(process.argv[2] ?? 500);
  const layout = process.argv[3] ?? "legacy";
  if (!["legacy", "zip"].includes(layout)) throw new Error(`unknown layout ${layout}`);
  const folder = await mkdtemp(join(tmpdir(), "isoconv-large-"));
  try {
    const path = join(folder, "large.pth");
    await writeCheckpoint(path, megabytes * MEGABYTE);
    // A process starts with the highest memory of the one that started it, so this one stays small.
    const run = (task) =>
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), "--task", task, path], { encoding: "utf8" });
    if (layout === "zip") run("zip");
    const measured = (task) => JSON.parse(run(task));
    const rounds = Array.from({ length: 7 }, () => ({ file: measured("file"), weights: measured("weights") }));
    const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
    for (const task of ["file", "weights"]) {
      const seconds = median(rounds.map((round) => round[task].seconds));
      const memory = Math.max(...rounds.map((round) => round[task].memory));
      console.log(
        `${task}: ${seconds.toFixed(3)} s, ${(memory / MEGABYTE / megabytes).toFixed(3)} × the size in memory`,
      );
    }
    const ratio = median(rounds.map((round) => round.weights.seconds / round.file.seconds));
    console.log(
      `readWeights takes ${ratio.toFixed(2)} × the time of reading the file (median of ${rounds.length} pairs)`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
