import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { backends } from "./backends.js";
import type { BenchOptions } from "./commands/bench/bench-command.js";
import type { CompareOptions } from "./commands/compare/compare-command.js";
import type { DiffOptions } from "./commands/diff/diff-command.js";
import type { DoctorOptions } from "./commands/doctor/doctor-command.js";
import type { ConformanceOptions } from "./commands/conformance/conformance-command.js";
import type { DrawOptions } from "./commands/draw/draw-command.js";
import { addCheckpointFlags } from "./checkpoint-flags.js";
import { exitCode, type ExitCode } from "./exit-code.js";
import { startProgress, type Progress } from "./progress.js";
import type { ReportOptions } from "./commands/report/report-command.js";
import type { RunOptions } from "./commands/run/run-command.js";
import type { SummaryOptions } from "./commands/summary/summary-command.js";
import { version } from "./version.js";

const EXIT_CODES = `
Exit status:
  0  done
  1  compare, bench, conformance: a backend disagreed with the oracle or failed; diff: a node is outside its bound;
     doctor: a backend is not what it declares, or crashes
  2  bad arguments, files, models or weights; conformance: an expectation no longer holds
  3  a requested backend cannot run here; conformance: nothing could be run
  4  a defect of isoconv or of a runtime`;

const CONFORMANCE_EXIT_CODES = `
Exit status:
  0  conformant, or partial without findings
  1  a case failed or could not be judged
  2  an expectation no longer holds
  3  nothing could be run: bad options, no such backend, case, filter, budget or seed, or the backend cannot run here
  4  a defect of isoconv`;

const backendIds = backends.map(({ id }) => id).join(", ");

/** Each command is loaded when it is asked for: all of them together take most of a second. */
const commands = {
  bench: () => import("./commands/bench/bench-command.js"),
  compare: () => import("./commands/compare/compare-command.js"),
  conformance: () => import("./commands/conformance/conformance-command.js"),
  diff: () => import("./commands/diff/diff-command.js"),
  doctor: () => import("./commands/doctor/doctor-command.js"),
  draw: () => import("./commands/draw/draw-command.js"),
  models: () => import("./commands/models/models-command.js"),
  report: () => import("./commands/report/report-command.js"),
  run: () => import("./commands/run/run-command.js"),
  summary: () => import("./commands/summary/summary-command.js"),
};

/** Parses the command line, runs the command and resolves to the exit status. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let status: ExitCode = exitCode.done;
  const program = new Command("isoconv")
    .description("One CNN, every backend, the same answer.")
    .version(version)
    .addHelpText("after", EXIT_CODES)
    .exitOverride();

  program
    .command("models")
    .description("list the networks of the zoo")
    .addOption(jsonOption())
    .action(async (options: { json: boolean }) => (await commands.models()).listModels(options));
  program
    .command("summary <model>")
    .description("print the output shape and cost of each module and node of a network")
    .addOption(inputShapeOption())
    .addOption(new Option("--classes <count>", "number of classes").argParser(parseCount))
    .addOption(new Option("--batch <count>", "images per batch").argParser(parseCount).default(1))
    .addOption(depthOption("levels of modules to print; default: all"))
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "markdown", "json"]).default("text"))
    .addOption(jsonOption().conflicts("format"))
    .action(async (name: string, options: SummaryOptions) => (await commands.summary()).summarise(name, options));
  program
    .command("draw <model>")
    .description("draw a network's architecture as SVG")
    .option("--output <file>", "the SVG file; default: stdout")
    .addOption(depthOption("levels of modules to open; default: as deep as readable"))
    .addOption(new Option("--direction <way>", "direction of the data flow").choices(["down", "right"]).default("down"))
    .addOption(inputShapeOption())
    .addOption(new Option("--classes <count>", "number of classes").argParser(parseCount))
    .action(async (name: string, options: DrawOptions) => (await commands.draw()).drawModel(name, options));
  const run = program
    .command("run <model>")
    .description("run a network on one backend")
    .requiredOption("--backend <id>", backendIds)
    .option(
      "--weights <file>",
      "safetensors file with names of PyTorch, or seed:N; default: the zoo's trained weights, if it has any",
    )
    .requiredOption("--input <file[#tensor]>", "safetensors file with images [N, C, H, W] or [C, H, W], or seed:N")
    .option("--output <file>", "write the outputs as safetensors")
    .addOption(new Option("--classes <count>", "number of classes").argParser(parseCount))
    .addOption(
      new Option(
        "--features <path>",
        "return the output of this module, such as layer3, instead of the logits; may be repeated",
      )
        .argParser(collect)
        .default([]),
    )
    .option(
      "--transform-input",
      "GoogLeNet, Inception v3: accept images normalised for ImageNet, as published weights need",
      false,
    )
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (name: string, options: RunOptions) => {
      const { runModel } = await commands.run();
      await withProgress((progress) => runModel(name, options, progress));
    });
  const compare = program
    .command("compare [model]")
    .description("run a trained network on real images on every backend and compare with the float64 oracle")
    .addOption(
      new Option("--backend <id>", `only this backend; may be repeated (${backendIds})`).argParser(collect).default([]),
    )
    .option("--weights <file>", "safetensors file with names of PyTorch, or seed:N; default: the trained weights")
    .addOption(new Option("--rounds <count>", "interleaved timing rounds").argParser(parseRounds).default(20))
    .option("--report <file>", "also write a self-contained HTML page")
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: CompareOptions) => {
      const { compareBackends } = await commands.compare();
      status = await withProgress((progress) => compareBackends(name ?? "d2l/lenet", options, progress));
    });
  program
    .command("conformance")
    .description("run the conformance suite on a backend")
    .option("--backend <id or module>", `${backendIds}, or the path of a module that exports createBackend`)
    .option("--profile <name>", "the set of cases that the backend should pass", "inference")
    .option("--budget <name>", "quick, full or soak", "quick")
    .addOption(
      new Option("--filter <glob>", "only cases with matching ids, such as 'op/conv2d/**'; may be repeated")
        .argParser(collect)
        .default([]),
    )
    .option("--seed <number>", "seed of all random data", "1")
    .option("--share <number>", "the share of the cases to run, drawn by the seed: above 0, at most 1", "1")
    .option("--report <folder>", "write report.json, junit.xml, report.html and summary.md")
    .option("--list", "print the ids of the cases and run nothing; with --json, the plan", false)
    .option("--replay <case>", "run one case and print all details")
    .option("--bail", "stop at the first failure and skip the other cases", false)
    .option("--write-repro [folder]", "write a repro of each failing case that runs without isoconv")
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText("after", CONFORMANCE_EXIT_CODES)
    .action(async (options: ConformanceOptions) => {
      const { runConformance } = await commands.conformance();
      status = await withProgress((progress) => runConformance(options, progress));
    });
  program
    .command("report <file...>")
    .description("join the report.json of several backends, and their speed, into one HTML page")
    .option("--speed <file>", "the file that isoconv bench --report wrote")
    .requiredOption("--output <file>", "the HTML page")
    .action(async (files: readonly string[], options: ReportOptions) =>
      (await commands.report()).joinReports(files, options),
    );
  const diff = program
    .command("diff <model>")
    .description("find the node where two backends differ, and judge both by the float64 oracle")
    .requiredOption("--a <id>", `${backendIds}, or ./module.js that exports createBackend`)
    .requiredOption("--b <id>", "the other backend")
    .option(
      "--weights <file>",
      "safetensors file with names of PyTorch, or seed:N; default: the zoo's trained weights, if it has any",
    )
    .option("--input <file[#tensor]>", "safetensors file with images [N, C, H, W] or [C, H, W], or seed:N", "seed:1")
    .addOption(new Option("--classes <count>", "number of classes").argParser(parseCount))
    .option("--write-repro <folder>", "write the wrong node as a network of one node, with its operands")
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (name: string, options: DiffOptions) => {
      const { diffBackends } = await commands.diff();
      status = await withProgress((progress) => diffBackends(name, options, progress));
    });
  program
    .command("bench")
    .description("time operations and networks on every backend; only correct results get a time")
    .addOption(
      new Option("--backend <id>", `only this backend; may be repeated (${backendIds})`).argParser(collect).default([]),
    )
    .addOption(new Option("--op <glob>", "only these operations, such as conv2d*").argParser(collect).default([]))
    .addOption(new Option("--model <name>", "only this network; may be repeated").argParser(collect).default([]))
    .addOption(
      new Option("--size <size>", "small: 64×64 images, or larger if a network needs it; full: its default size")
        .choices(["small", "full"])
        .default("small"),
    )
    .addOption(new Option("--batch <count>", "images per batch").argParser(parseCount).default(1))
    .addOption(new Option("--rounds <count>", "paired timing rounds").argParser(parseRounds).default(15))
    .option("--baseline <id>", "the backend that the others are compared with; default: the first")
    .addOption(new Option("--seed <number>", "seed of data and intervals").argParser(parseSeed).default(1))
    .option("--report <file>", "also write the report as JSON")
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (options: BenchOptions) => {
      const { benchBackends } = await commands.bench();
      status = await withProgress((progress) => benchBackends(options, progress));
    });
  program
    .command("doctor")
    .description("report which backends run here with which properties, and what the others lack")
    .addOption(
      new Option("--backend <id>", `only this backend; may be repeated (${backendIds})`).argParser(collect).default([]),
    )
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (options: DoctorOptions) => {
      const { doctor } = await commands.doctor();
      status = await withProgress((progress) => doctor(options, progress));
    });

  for (const command of [run, compare, diff]) addCheckpointFlags(command, parseSeed);

  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCode.done;
    // For `conformance`, 2 means that an expectation no longer holds.
    return argv[2] === "conformance" ? exitCode.unavailable : exitCode.badInput;
  }
  return status;
}

function jsonOption(): Option {
  return new Option("--json", "print JSON").default(false);
}

function inputShapeOption(): Option {
  return new Option("--input <shape>", "channels×height×width, such as 3x224x224").argParser(parseShape);
}

function depthOption(description: string): Option {
  return new Option("--depth <count>", description).argParser(parseCount);
}

function threadsOption(): Option {
  return new Option("--threads <count>", "threads that a runtime may use; default: the runtime's own").argParser(
    parseCount,
  );
}

async function withProgress<T>(task: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = startProgress();
  try {
    return await task(progress);
  } finally {
    progress.done();
  }
}

function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count > 0) return count;
  throw new InvalidArgumentError("expected a whole number above 0.");
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError("expected a whole number below 2³².");
}

const MOST_ROUNDS = 10_000;

function parseRounds(text: string): number {
  const rounds = parseCount(text);
  if (rounds <= MOST_ROUNDS) return rounds;
  throw new InvalidArgumentError(`expected at most ${MOST_ROUNDS}.`);
}

function parseShape(text: string): readonly number[] {
  const extents = text.split(/[x×,]/).map(Number);
  if (extents.length === 3 && extents.every((extent) => Number.isSafeInteger(extent) && extent > 0)) return extents;
  throw new InvalidArgumentError("expected channels×height×width, such as 3x224x224.");
}

function collect(id: string, before: readonly string[]): readonly string[] {
  return [...before, id];
}
