import {
  benchToJson,
  modelSubjects,
  opSubjects,
  runBench,
  type BackendSource,
  type BenchReport,
  type Subject,
} from "@isoconv/inspect";
import { matchesAny } from "@isoconv/conformance";
import { machineInfo } from "@isoconv/conformance/cli";
import { findModel } from "@isoconv/zoo";
import { backendEntry, backends, createBackend, type BackendEntry } from "../../backends.js";
import { isOwnNetwork, readOwnNetwork } from "../../own-network.js";
import { renderBench } from "./render-bench.js";
import { exitCode, type ExitCode } from "../../exit-code.js";
import { checkOutput, STDOUT, writeResult } from "../../output.js";
import { colors, printBeside, printLine } from "../../print.js";
import type { Progress } from "../../progress.js";
import { UsageError } from "../../usage-error.js";

export interface BenchOptions {
  /** Backends to time; empty for all but the oracle. A backend named twice is timed against itself. */
  readonly backend: readonly string[];
  /** Globs of operations or subjects. Without these and without networks, everything is timed. */
  readonly op: readonly string[];
  readonly model: readonly string[];
  readonly size: "small" | "full";
  readonly batch: number;
  readonly rounds: number;
  readonly baseline: string | undefined;
  readonly seed: number;
  readonly threads: number | undefined;
  readonly report: string | undefined;
  readonly json: boolean;
}

/** `isoconv bench`: times operations and networks on each backend; only correct results get a time. */
export async function benchBackends(options: BenchOptions, progress: Progress): Promise<ExitCode> {
  const subjects = await chooseSubjects(options);
  await checkOutput(options.report, "JSON");
  const report = await runBench({
    subjects,
    backends: sourcesOf(chooseBackends(options), options.threads),
    baseline: options.baseline,
    rounds: options.rounds,
    seed: options.seed,
    machine: machineInfo(),
    onStep: (label) => progress.step(label),
  });
  if (options.report !== undefined) await writeResult(options.report, benchToJson(report));
  progress.done();
  if (!options.json) printBeside(options.report, renderBench(report, colors));
  else if (options.report !== STDOUT) printLine(benchToJson(report).trimEnd());
  return statusOf(report, options);
}

/** All backends but the oracle, which is slow and is timed only on request. */
function chooseBackends({ backend, baseline }: BenchOptions): readonly BackendEntry[] {
  if (backend.length > 0) return backend.map(backendEntry);
  return backends.filter(({ id }) => id !== "reference" || baseline === "reference");
}

function sourcesOf(entries: readonly BackendEntry[], threads: number | undefined): readonly BackendSource[] {
  return entries.map((entry, index) => {
    const before = entries.slice(0, index).filter(({ id }) => id === entry.id).length;
    return { id: before === 0 ? entry.id : `${entry.id}#${before + 1}`, create: () => createBackend(entry, threads) };
  });
}

/** The default networks: one with small layers and one with large layers. */
const USUAL_MODELS: readonly string[] = ["d2l/lenet", "resnet18"];

async function chooseSubjects({ op, model, batch, seed, size }: BenchOptions): Promise<readonly Subject[]> {
  const everything = op.length === 0 && model.length === 0;
  const [own, zoo] = [model.filter(isOwnNetwork), model.filter((name) => !isOwnNetwork(name))];
  const wanted = new Set(everything ? USUAL_MODELS : zoo.map((name) => findModel(name).name));
  const models: Subject[] = modelSubjects({ batch, seed, size }).filter((subject) => wanted.has(subject.model));
  for (const path of own) {
    const network = await readOwnNetwork(path, {});
    const name = `${network.name} at ${network.inputShape.slice(1).join("×")}`;
    models.push({ kind: "model", name, own: network, batch, seed });
  }
  const ops = opSubjects({ batch, seed });
  if (everything) return [...ops, ...models];
  const chosen = ops.filter((subject) => matchesAny(op, subject.op) || matchesAny(op, subject.name));
  if (op.length > 0 && chosen.length === 0) {
    const names = [...new Set(ops.map((subject) => subject.op))].join(", ");
    throw new UsageError(`--op ${op.join(" ")}: matches nothing; expected a glob of one of ${names}`);
  }
  return [...chosen, ...models];
}

function statusOf({ rows, unavailable }: BenchReport, { backend }: BenchOptions): ExitCode {
  if (rows.some(({ result }) => result.status === "incorrect" || result.status === "failed")) {
    return exitCode.disagreement;
  }
  return backend.length > 0 && unavailable.length > 0 ? exitCode.unavailable : exitCode.done;
}
