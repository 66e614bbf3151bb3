// `npm run test:full`: every test, with those that continuous integration has no time for, without turbo's cache. Writes
// reports/test-full.json: date, commit, machine, versions, seconds and totals.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { packageTotals, sentenceOf, sumOf } from "./test-totals.mjs";
import "./software-vulkan.mjs";

const pathOf = (relative) => new URL(`../${relative}`, import.meta.url);
const lineOf = (command, ...args) => execFileSync(command, args, { encoding: "utf8" }).trim();
const versionOf = (name) => JSON.parse(readFileSync(pathOf(`node_modules/${name}/package.json`), "utf8")).version;

function chromiumVersion() {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return lineOf(name, "--version").split(" ").at(1);
    } catch {
      // Perhaps the next is there.
    }
  }
  return null;
}

const commit =
  lineOf("git", "rev-parse", "HEAD") + (lineOf("git", "status", "--porcelain") === "" ? "" : " with changes");
const start = performance.now();
const env = { ...process.env, ISOCONV_FULL: "1", FORCE_COLOR: "0" };
const turbo = spawn("npx", ["turbo", "run", "test", "--force", "--continue"], {
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
let log = "";
turbo.stdout.setEncoding("utf8").on("data", (text) => {
  log += text;
  process.stdout.write(text);
});
const status = await new Promise((resolve) => turbo.on("close", resolve));

const packages = packageTotals(log);
const totals = sumOf(packages);
const [faults] = /^\d+ of \d+ faults .*$/m.exec(readFileSync(pathOf("docs/faults.md"), "utf8"));
const record = {
  date: new Date().toISOString().slice(0, 10),
  commit,
  machine: {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${release()}`,
    gpu: "software",
  },
  versions: {
    node: process.versions.node,
    chromium: chromiumVersion(),
    ...Object.fromEntries(
      ["onnxruntime-node", "onnxruntime-web", "@tensorflow/tfjs-core", "vitest"].map((name) => [name, versionOf(name)]),
    ),
  },
  seconds: Math.round((performance.now() - start) / 1000),
  totals,
  faults,
  packages,
};
writeFileSync(pathOf("reports/test-full.json"), `${JSON.stringify(record, undefined, 2)}\n`);
console.log(`\n${sentenceOf(totals)}`);
if (status !== 0 || totals.failed > 0) process.exitCode = 1;
