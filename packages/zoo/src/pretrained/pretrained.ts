import type { CheckpointCounts } from "../checkpoint/load-checkpoint.js";
import type { NetworkVariants } from "../model.js";
import type { HubFile, Preprocessing, PretrainedFile, PretrainedWeights, PthFile } from "./pretrained-weights.js";
import { MARGIN, TENSORFLOW_LITE, tensorflowTable } from "./tensorflow-table.js";
import { torchvisionTable } from "./torchvision-table.js";

const IMAGENET_CLASSES = "https://raw.githubusercontent.com/pytorch/hub/master/imagenet_classes.txt";
const ACCURACY_SOURCE = "https://pytorch.org/vision/stable/models.html";

/** The normalisation of torchvision and timm: the channels' mean and deviation over ImageNet. */
const IMAGENET_NORMALISATION = {
  mean: Object.freeze([0.485, 0.456, 0.406] as const),
  std: Object.freeze([0.229, 0.224, 0.225] as const),
} satisfies Pick<Preprocessing, "mean" | "std">;

/** Networks whose weights were ported from TensorFlow, where images are normalised to mean and deviation 0.5. */
const TRANSFORMED_INPUT: ReadonlySet<string> = new Set(["googlenet", "inception_v3"]);

/**
 * Networks for which timm has torchvision's weights. Under the names of MobileNet, EfficientNet and ConvNeXt timm has
 * weights of its own.
 *
 * Source: the pretrained configurations of timm 0.9.16, tagged `tv_in1k` and `tv2_in1k`.
 */
const TIMM = /^(resnet|resnext|wide_resnet|densenet|vgg|inception_v3)/;

/** `(byte − 127) / 128`, of byte / 255. */
const TENSORFLOW_NORMALISATION = {
  mean: Object.freeze([127 / 255, 127 / 255, 127 / 255] as const),
  std: Object.freeze([128 / 255, 128 / 255, 128 / 255] as const),
} satisfies Pick<Preprocessing, "mean" | "std">;

const torchvisionWeights: readonly PretrainedWeights[] = torchvisionTable.flatMap(({ recipe, interpolation, rows }) =>
  rows.map(([model, version, file, mebibytes, top1, top5, resize, crop]): PretrainedWeights =>
    Object.freeze({
      model,
      name: `IMAGENET1K_V${version}`,
      classes: 1000,
      labels: IMAGENET_CLASSES,
      files: Object.freeze([pthFile(model, file, mebibytes), ...(TIMM.test(model) ? [hubFile(model, version)] : [])]),
      preprocessing: Object.freeze({ resize, crop, interpolation, antialias: true, ...IMAGENET_NORMALISATION }),
      options: optionsOf(model),
      accuracy: Object.freeze({ dataset: "ImageNet-1K validation", top1, top5, source: ACCURACY_SOURCE }),
      recipe,
    }),
  ),
);

const tensorflowWeights: readonly PretrainedWeights[] = tensorflowTable.map(([model, top1, crop]) =>
  Object.freeze({
    model,
    name: "IMAGENET1K_V1",
    classes: 1000,
    labels: IMAGENET_CLASSES,
    files: Object.freeze([]),
    preprocessing: Object.freeze({
      resize: crop + MARGIN,
      crop,
      interpolation: "bicubic",
      antialias: true,
      ...TENSORFLOW_NORMALISATION,
    }),
    options: Object.freeze({}),
    accuracy: Object.freeze({ dataset: "ImageNet-1K validation", top1, source: TENSORFLOW_LITE }),
    recipe: TENSORFLOW_LITE,
  }),
);

/** All of torchvision's weights for the networks of the zoo, in the zoo's order of families, and Google's. */
export const pretrainedWeights: readonly PretrainedWeights[] = Object.freeze([
  ...torchvisionWeights,
  ...tensorflowWeights,
]);

/** The published weights of a network, oldest first; none for the book's networks. */
export function pretrainedFor(model: string): readonly PretrainedWeights[] {
  return pretrainedWeights
    .filter((weights) => weights.model === model)
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * The published weights that a checkpoint is assumed to contain: its network's, if it has their number of classes and
 * three channels. All versions of a network's published weights have the same normalisation and options; the size to which
 * images are resized may differ.
 *
 * @param path of the file, which tells versions apart: by the digits of its hash in torchvision's names, such as
 *   `resnet50-11ad3fa6.pth`, or by the repository of timm's. The oldest version is assumed otherwise
 */
export function publishedWeights(
  model: string,
  { classes, channels }: CheckpointCounts,
  path = "",
): PretrainedWeights | undefined {
  if (channels !== 3) return undefined;
  const versions = pretrainedFor(model).filter((each) => each.classes === classes);
  return versions.find(({ files }) => files.some((file) => isNamed(path, file))) ?? versions[0];
}

function isNamed(path: string, file: PretrainedFile): boolean {
  return path.includes(file.format === "pth" ? file.sha256Prefix : file.repository.replace("timm/", ""));
}

function pthFile(model: string, file: string, mebibytes: number): PthFile {
  return Object.freeze({
    format: "pth",
    url: `https://download.pytorch.org/models/${file}.pth`,
    sha256Prefix: file.slice(file.lastIndexOf("-") + 1),
    mebibytes,
    naming: model.startsWith("densenet") ? "legacy-densenet" : "pytorch",
  });
}

function hubFile(model: string, version: 1 | 2): HubFile {
  const repository = `timm/${model}.${version === 1 ? "tv" : "tv2"}_in1k`;
  return Object.freeze({
    format: "safetensors",
    url: `https://huggingface.co/${repository}/resolve/main/model.safetensors`,
    repository,
    naming: model.startsWith("vgg") ? "timm-vgg" : "pytorch",
  });
}

function optionsOf(model: string): NetworkVariants {
  return Object.freeze(TRANSFORMED_INPUT.has(model) ? { transformInput: true } : {});
}
