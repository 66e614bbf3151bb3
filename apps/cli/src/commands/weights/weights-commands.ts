import { Option, type Command } from "commander";
import { jsonOption } from "../../arguments.js";
import { withProgress } from "../../progress.js";
import type { ConvertOptions } from "./convert-command.js";
import type { FetchOptions } from "./fetch-command.js";

/** Adds `isoconv weights` and its commands, each of which is loaded when it is asked for. */
export function addWeightsCommands(program: Command): void {
  const weights = program.command("weights").description("list, convert or download weights");
  weights
    .command("inspect")
    .argument("<file>", "a file of weights of any format")
    .description("list the tensors of a file without reading their data")
    .addOption(jsonOption())
    .action(async (file: string, options: { json: boolean }) =>
      (await import("./inspect-command.js")).inspectWeights(file, options),
    );
  weights
    .command("convert")
    .argument("<file>", "a file of weights of any format")
    .description("write the tensors of a file in another format")
    .requiredOption("--output <file>", "its name decides the format: .safetensors, .npz or .pth")
    .addOption(new Option("--dtype <dtype>", "round floating-point tensors").choices(["float32", "float16"]))
    .option("--prefix <path>", "only the tensors below this module, such as model_ema, without it")
    .action(async (file: string, options: ConvertOptions) =>
      (await import("./convert-command.js")).convertWeights(file, options),
    );
  weights
    .command("fetch")
    .argument("<model>", "a network of the zoo that has published weights")
    .description("download the published weights of a network into the cache, and print where the file is")
    .option("--weights <name>", "the name of the weights, such as IMAGENET1K_V1; default: the newest")
    .addOption(new Option("--format <format>", "default: the first that can be had").choices(["pth", "safetensors"]))
    .option("--offline", "take the file from the cache, and download nothing", false)
    .addOption(jsonOption())
    .action(async (model: string, options: FetchOptions) => {
      const { fetchWeights } = await import("./fetch-command.js");
      await withProgress((progress) => fetchWeights(model, options, progress));
    });
}
