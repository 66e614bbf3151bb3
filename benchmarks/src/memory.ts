import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { backends } from "./backends.js";
import type { LoadAndRun } from "./load-and-run.js";
import { machineLine } from "./machine.js";

/** The largest allowed peak of resident memory, as a multiple of the weights. */
const MOST_RATIO = 2.5;

/** The largest allowed difference between the backends' logits, relative to the largest logit. */
const MOST_DEVIATION = 1e-4;

const wanted = process.argv.slice(2);
const ids = wanted.filter((word) => Object.hasOwn(backends, word));
const names = wanted.filter((word) => !Object.hasOwn(backends, word));

/**
 * Runs one of this folder's programs in a separate process and returns its output. This process must stay small,
 * because on Linux a child inherits its parent's peak.
 */
async function runProgram(program: string, ...args: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...args], { maxBuffer: 2 ** 24 });
  return stdout;
}

function deviationOf(logits: readonly number[], reference: readonly number[]): number {
  const scale = Math.max(...reference.map(Math.abs));
  return Math.max(...logits.map((value, i) => Math.abs(value - (reference[i] ?? Number.NaN)))) / scale;
}

function printRow(name: string, id: string, result: LoadAndRun, deviation: number): void {
  const ratio = result.peakBytes / result.weightBytes;
  const isWithin = ratio <= MOST_RATIO && deviation <= MOST_DEVIATION;
  if (!isWithin) process.exitCode = 1;
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);
  console.log(
    [
      name.padEnd(10),
      id.padEnd(10),
      `${result.runtime}, ${result.threads} threads`.padEnd(34),
      mebibytes(result.weightBytes).padStart(11),
      mebibytes(result.baselineBytes).padStart(12),
      mebibytes(result.peakBytes).padStart(8),
      `${ratio.toFixed(2)} ×`.padStart(8),
      seconds(result.loaded).padStart(8),
      seconds(result.firstResult).padStart(14),
      deviation.toExponential(1).padStart(9),
      isWithin ? "" : "beyond its limit",
    ].join("  "),
  );
}

console.log(`${machineLine()}

Peak: the most memory of the whole process that was resident at once, ru_maxrss: its own pages, and of programs and
libraries those in use; not the operating system's cache of the files it reads. At most ${MOST_RATIO} × the weights.
`);
console.log(
  "network     backend     runtime                             weights MiB  baseline MiB  peak MiB     ratio  loaded s  first result s  deviation",
);
const folder = await mkdtemp(join(tmpdir(), "isoconv-memory-"));
try {
  for (const name of names.length === 0 ? ["vgg16", "vgg19"] : names) {
    const path = join(folder, "weights.safetensors");
    await runProgram("write-weights", name, path);
    let reference: readonly number[] | undefined;
    for (const id of ids.length === 0 ? ["onnx-node", "onnx-wasm"] : ids) {
      const result = JSON.parse(await runProgram("load-and-run", id, name, path)) as LoadAndRun;
      reference ??= result.logits;
      printRow(name, id, result, deviationOf(result.logits, reference));
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
