import { InvalidArgumentError, Option } from "commander";
import { DILATIONS } from "./output-stride.js";

export function jsonOption(): Option {
  return new Option("--json", "print JSON").default(false);
}

export function inputShapeOption(): Option {
  return new Option(
    "--input <shape>",
    "the image as channels×height×width in pixels, such as 3x224x224; default: the network's own",
  ).argParser(parseShape);
}

export function classesOption(): Option {
  return new Option("--classes <count>", "number of classes; default: the network's own").argParser(parseCount);
}

/** torchvision's `replace_stride_with_dilation`, by the stride of the features that it gives. */
export function outputStrideOption(): Option {
  return new Option(
    "--output-stride <stride>",
    "ResNets of 50 layers and more: pixels of the image for each of layer4; 16 and 8 dilate; default: 32",
  ).choices(Object.keys(DILATIONS));
}

export function weightsOption(): Option {
  return new Option(
    "--weights <file>",
    "file of weights with names of PyTorch (.safetensors, .pth, .npz, …), pretrained or pretrained:NAME for published ones, " +
      "which are downloaded, or seed:N; default: the zoo's trained weights, if it has any",
  );
}

export function inputOption(): Option {
  return new Option(
    "--input <file[#tensor]>",
    "file of tensors (.safetensors, .npy, …) with images [N, C, H, W] or [C, H, W], or seed:N for a random one in [-1, 1)",
  );
}

export function depthOption(description: string): Option {
  return new Option("--depth <count>", description).argParser(parseCount);
}

export function threadsOption(): Option {
  return new Option("--threads <count>", "threads that a runtime may use; default: the runtime's own").argParser(
    parseCount,
  );
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count > 0) return count;
  throw new InvalidArgumentError("expected a whole number above 0.");
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError("expected a whole number below 2³².");
}

const MOST_ROUNDS = 10_000;

export function parseRounds(text: string): number {
  const rounds = parseCount(text);
  if (rounds <= MOST_ROUNDS) return rounds;
  throw new InvalidArgumentError(`expected at most ${MOST_ROUNDS}.`);
}

export function parseShape(text: string): readonly number[] {
  const extents = text.split(/[x×,]/).map(Number);
  if (extents.length === 3 && extents.every((extent) => Number.isSafeInteger(extent) && extent > 0)) return extents;
  throw new InvalidArgumentError("expected channels×height×width, such as 3x224x224.");
}

export function collect(id: string, before: readonly string[]): readonly string[] {
  return [...before, id];
}
