import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { backendsOn, runsAnywhere } from "@isoconv/backends";
import { modules } from "@isoconv/backends/node";
import { openPages, type Pages } from "@isoconv/browser-tests";
import { planConformance, readReport, runConformance, type Report } from "@isoconv/conformance";
import { machineInfo, openTarget } from "@isoconv/conformance/cli";
import { Memo } from "@isoconv/judge";
import type { ReportEntry } from "./committed.js";

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const command = pathOf("../../apps/cli/bin/isoconv.js");
/** A report of all cases has less than a megabyte. */
const MOST_BYTES = 64 * 2 ** 20;

/** Whether `tools/tensorflow/build.sh` has been run, which `tfjs-node` needs here. */
export const hasTensorflow = existsSync(pathOf("../../.tensorflow/build/tfjs_binding.node"));
const findTensorflow = ["--import", pathOf("../../tools/tensorflow/resolve.mjs")];

export interface SuiteRun {
  readonly report: Report;
  readonly seconds: number;
}

/**
 * Runs `isoconv conformance --backend ID --json` in a separate process, as a user would, and returns its output for any
 * verdict.
 *
 * @throws Error with the command's error output if it gave no verdict
 */
export async function runInNode(
  { backend, share }: Pick<ReportEntry, "backend" | "share">,
  filter: readonly string[] = [],
): Promise<SuiteRun> {
  const start = performance.now();
  const options = backend === "tfjs-node" ? findTensorflow : [];
  const filters = filter.flatMap((glob) => ["--filter", glob]);
  const report = readReport(
    await outputOf([
      ...options,
      command,
      "conformance",
      "--backend",
      backend,
      "--share",
      `${share}`,
      "--json",
      ...filters,
    ]),
  );
  return { report, seconds: (performance.now() - start) / 1000 };
}

/** The command also exits with an error for a bad verdict, so only a missing report is an error here. */
async function outputOf(args: readonly string[]): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  try {
    return (await promisify(execFile)(process.execPath, args, { maxBuffer: MOST_BYTES, env })).stdout;
  } catch (error) {
    const [stdout, stderr] = ["stdout", "stderr"].map((stream): unknown => Reflect.get(Object(error), stream));
    if (typeof stdout === "string" && stdout.startsWith("{")) return stdout;
    throw typeof stderr === "string" && stderr !== "" ? new Error(stderr.trim(), { cause: error }) : error;
  }
}

/** Runs the suite on each entry's host; the browser is started for the first entry that needs it. */
export interface SuiteRunner {
  run(entry: ReportEntry, filter?: readonly string[]): Promise<SuiteRun>;
  close(): Promise<void>;
}

export function suiteRunner(): SuiteRunner {
  let pages: Promise<Pages> | undefined;
  return {
    async run(entry, filter = []) {
      // A filter names cases of the drawn share already. A share of what it leaves would be another one.
      const part = filter.length === 0 ? entry : { ...entry, share: 1 };
      if (entry.host === "node") return runInNode(part, filter);
      pages ??= openPages();
      return runInPage(await pages, part, filter);
    },
    close: async () => (await pages)?.close(),
  };
}

/** Stands for all: what the command runs is the same. */
const BY_COMMAND = "tfjs-wasm";

/**
 * The same for tests: backends that need no more than `npm install` are run in this process, where they share the oracle's
 * results, but for one that is run by the command.
 */
export function testRunner(): SuiteRunner {
  const runner = suiteRunner();
  const memo = new Memo();
  const here = backendsOn("node").filter((row) => runsAnywhere(row) && row.id !== BY_COMMAND);
  return {
    run: async (entry, filter = []) => {
      const row = here.find(({ id }) => id === entry.backend);
      if (row === undefined || entry.host !== "node") return runner.run(entry, filter);
      const start = performance.now();
      const whole = planConformance({ share: entry.share });
      const isChosen = new Set(filter);
      const plan =
        filter.length === 0 ? whole : { ...whole, filter, cases: whole.cases.filter(({ id }) => isChosen.has(id)) };
      const report = await runConformance(plan, {
        ...(await openTarget(row.id, modules[row.id])),
        memo,
      });
      return { report, seconds: (performance.now() - start) / 1000 };
    },
    close: () => runner.close(),
  };
}

async function runInPage(pages: Pages, { backend, share }: ReportEntry, filter: readonly string[]): Promise<SuiteRun> {
  const start = performance.now();
  const { report, errors } = await pages.run({ backend, filter, share, isolated: true });
  if (errors.length > 0) throw new Error(`the page reports errors: ${errors.join("; ")}`);
  const machine = { ...machineInfo(), host: pages.name };
  return { report: { ...report, machine }, seconds: (performance.now() - start) / 1000 };
}
