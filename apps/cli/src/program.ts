import { Command, CommanderError, Option } from "commander";
import {
  classesOption,
  collect,
  depthOption,
  inputOption,
  inputShapeOption,
  jsonOption,
  outputStrideOption,
  parseCount,
  parseRounds,
  parseSeed,
  threadsOption,
  weightsOption,
} from "./arguments.js";
import { AUTOMATIC, backends } from "./backends.js";
import type { BenchOptions } from "./commands/bench/bench-command.js";
import type { ClassifyOptions } from "./commands/classify/classify-command.js";
import type { CompareOptions } from "./commands/compare/compare-command.js";
import type { DiffOptions } from "./commands/diff/diff-command.js";
import type { DoctorOptions } from "./commands/doctor/doctor-command.js";
import type { ConformanceOptions } from "./commands/conformance/conformance-command.js";
import type { DrawOptions } from "./commands/draw/draw-command.js";
import { addCheckpointFlags } from "./checkpoint-flags.js";
import { exitCode, type ExitCode } from "./exit-code.js";
import { completeHelp, MODEL } from "./help.js";
import { withProgress } from "./progress.js";
import type { ReportOptions } from "./commands/report/report-command.js";
import type { RunOptions } from "./commands/run/run-command.js";
import { addWeightsCommands } from "./commands/weights/weights-commands.js";
import type { SummaryOptions } from "./commands/summary/summary-command.js";
import { version } from "./version.js";

const backendIds = backends.map(({ id }) => id).join(", ");

/** Each command is loaded when it is asked for: all of them together take most of a second. */
const commands = {
  bench: () => import("./commands/bench/bench-command.js"),
  classify: () => import("./commands/classify/classify-command.js"),
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
    .exitOverride();

  program
    .command("models")
    .description("list the networks of the zoo")
    .addOption(jsonOption())
    .action(async (options: { json: boolean }) => (await commands.models()).listModels(options));
  program
    .command("summary")
    .argument("<model>", MODEL)
    .description("print the output shape and cost of each module and node of a network")
    .addOption(inputShapeOption())
    .addOption(classesOption())
    .addOption(outputStrideOption())
    .addOption(new Option("--batch <count>", "images per batch").argParser(parseCount).default(1))
    .addOption(depthOption("levels of modules to print; default: all"))
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "markdown", "json"]).default("text"))
    .addOption(jsonOption().conflicts("format"))
    .action(async (name: string, options: SummaryOptions) => (await commands.summary()).summarise(name, options));
  program
    .command("draw")
    .argument("<model>", MODEL)
    .description("draw a network's architecture as SVG")
    .option("--output <file>", "the SVG file; - or left out: stdout")
    .addOption(depthOption("levels of modules to open; default: as deep as readable"))
    .addOption(new Option("--direction <way>", "direction of the data flow").choices(["down", "right"]).default("down"))
    .addOption(inputShapeOption())
    .addOption(classesOption())
    .addOption(outputStrideOption())
    .action(async (name: string, options: DrawOptions) => (await commands.draw()).drawModel(name, options));
  const run = program
    .command("run")
    .argument("<model>", MODEL)
    .description("run a network on one backend")
    .requiredOption("--backend <id>", backendIds)
    .addOption(weightsOption())
    .addOption(inputOption().makeOptionMandatory())
    .option("--output <file>", "write the outputs as safetensors; - is stdout")
    .addOption(
      new Option(
        "--top <count>",
        "most likely classes to show of each image; default: 5, or 1 of several images",
      ).argParser(parseCount),
    )
    .addOption(classesOption())
    .addOption(outputStrideOption())
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
    .command("compare")
    .argument(
      "[model]",
      "a network that comes with weights and images: d2l/lenet, d2l/densenet, mobilenet_v2",
      "d2l/lenet",
    )
    .description("run a trained network on real images on every backend and compare with the float64 oracle")
    .addOption(
      new Option("--backend <id>", `only this backend; may be repeated (${backendIds})`).argParser(collect).default([]),
    )
    .addOption(weightsOption())
    .addOption(
      new Option("--rounds <count>", "interleaved timing rounds; default: 20, of photographs none").argParser(
        parseRounds,
      ),
    )
    .option("--report <file>", "also write a self-contained HTML page; - is stdout")
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (name: string, options: CompareOptions) => {
      const { compareBackends } = await commands.compare();
      status = await withProgress((progress) => compareBackends(name, options, progress));
    });
  const classify = program
    .command("classify")
    .argument("<picture...>", "files (JPEG, PNG, WebP, GIF), or folders, of which every picture is taken")
    .description("say what is on pictures")
    .option("--model <name>", "a network of the zoo with published weights for ImageNet", "mobilenet_v2")
    .addOption(weightsOption())
    .option(
      "--backend <id or module>",
      `${AUTOMATIC} for the first that runs here, ${backendIds}, or ./module.js that exports createBackend`,
      AUTOMATIC,
    )
    .addOption(
      new Option(
        "--top <count>",
        "most likely classes to show of each picture; default: 5, or 1 of several pictures",
      ).argParser(parseCount),
    )
    .addOption(classesOption())
    .option(
      "--preset <name>",
      "published weights whose preprocessing is used, such as IMAGENET1K_V2; default: those that are downloaded, or by the name of the file, else the oldest",
    )
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (paths: readonly string[], options: ClassifyOptions) => {
      const { classify } = await commands.classify();
      status = await withProgress((progress) => classify(paths, options, progress));
    });
  program
    .command("conformance")
    .description("run the conformance suite on a backend")
    .option("--backend <id or module>", `${backendIds}, or the path of a module that exports createBackend`)
    .option("--profile <name>", "the set of cases that the backend should pass: inference", "inference")
    .option("--budget <name>", "how many cases: quick, full or soak", "quick")
    .addOption(
      new Option("--filter <glob>", "only cases with matching ids, such as 'op/conv2d/**'; may be repeated")
        .argParser(collect)
        .default([]),
    )
    .option("--seed <number>", "seed of all random data: a whole number below 2³²", "1")
    .option("--share <number>", "the share of the cases to run, drawn by the seed: above 0, at most 1", "1")
    .option("--report <folder>", "write report.json, junit.xml, report.html and summary.md")
    .option("--list", "print the ids of the cases and run nothing; with --json, the plan", false)
    .option("--replay <case>", "run one case and print all details")
    .option("--bail", "stop at the first failure and skip the other cases", false)
    .option("--write-repro [folder]", "write a repro of each failing case that runs without isoconv")
    .addOption(threadsOption())
    .addOption(
      new Option(
        "--jobs <count>",
        "threads that run cases at once, each with a backend of its own; default: one per core, at most 4, for a whole " +
          "plan on a built-in backend that computes on the processor, else 1",
      ).argParser(parseCount),
    )
    .addOption(jsonOption())
    .action(async (options: ConformanceOptions) => {
      const { runConformance } = await commands.conformance();
      status = await withProgress((progress) => runConformance(options, progress));
    });
  program
    .command("report")
    .argument("<file...>", "the report.json of each backend, as isoconv conformance --report writes it")
    .description("join the report.json of several backends, and their speed, into one HTML page")
    .option("--speed <file>", "the file that isoconv bench --report wrote")
    .requiredOption("--output <file>", "the HTML page; - is stdout")
    .action(async (files: readonly string[], options: ReportOptions) =>
      (await commands.report()).joinReports(files, options),
    );
  const diff = program
    .command("diff")
    .argument("<model>", MODEL)
    .description("find the node where two backends differ, and judge both by the float64 oracle")
    .requiredOption("--a <id>", `${backendIds}, or ./module.js that exports createBackend`)
    .requiredOption("--b <id>", "the other backend")
    .addOption(weightsOption())
    .addOption(inputOption().default("seed:1"))
    .addOption(classesOption())
    .addOption(outputStrideOption())
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
    .addOption(
      new Option("--model <name>", `only this network; may be repeated: ${MODEL}`).argParser(collect).default([]),
    )
    .addOption(
      new Option(
        "--size <size>",
        "of images in pixels. small: 64×64, or larger if a network needs it; full: its default size",
      )
        .choices(["small", "full"])
        .default("small"),
    )
    .addOption(new Option("--batch <count>", "images per batch").argParser(parseCount).default(1))
    .addOption(new Option("--rounds <count>", "paired timing rounds").argParser(parseRounds).default(15))
    .option("--baseline <id>", "the backend that the others are compared with; default: the first")
    .addOption(
      new Option("--seed <number>", "seed of data and intervals: a whole number below 2³²")
        .argParser(parseSeed)
        .default(1),
    )
    .option("--report <file>", "also write the report as JSON; - is stdout")
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

  addWeightsCommands(program);
  for (const command of [run, compare, classify, diff]) addCheckpointFlags(command);
  await completeHelp(program, argv);
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
