import type { Preprocessing } from "./pretrained-weights.js";

/** One set of torchvision's weights as published. */
type Row = readonly [
  model: string,
  /** 1 for `IMAGENET1K_V1`, 2 for `IMAGENET1K_V2`. */
  version: 1 | 2,
  /** Without `.pth`; ends with the first digits of the file's SHA-256. */
  file: string,
  mebibytes: number,
  top1: number,
  top5: number,
  resize: number,
  crop: number,
];

/** Weights with the same training or origin. */
interface Group {
  /** torchvision's page about their training or origin. */
  readonly recipe: string;
  readonly interpolation: Preprocessing["interpolation"];
  readonly rows: readonly Row[];
}

const REFERENCES = "https://github.com/pytorch/vision/tree/main/references/classification";
const NEW_RECIPE = "https://github.com/pytorch/vision/issues/3995";

/**
 * torchvision's weights for the networks of the zoo.
 *
 * Source: the weights' metadata of torchvision 0.15.2 (`get_model_weights(name)`). The files of the V1 weights of
 * EfficientNet were renamed since, because the digits in their names were not those of their SHA-256:
 * https://github.com/pytorch/vision/pull/8036.
 */
export const torchvisionTable: readonly Group[] = [
  {
    recipe: `${REFERENCES}#alexnet-and-vgg`,
    interpolation: "bilinear",
    rows: [
      ["alexnet", 1, "alexnet-owt-7be5be79", 233.087, 56.522, 79.066, 256, 224],
      ["vgg11", 1, "vgg11-8a719046", 506.84, 69.02, 88.628, 256, 224],
      ["vgg11_bn", 1, "vgg11_bn-6002323d", 506.881, 70.37, 89.81, 256, 224],
      ["vgg13", 1, "vgg13-19584684", 507.545, 69.928, 89.246, 256, 224],
      ["vgg13_bn", 1, "vgg13_bn-abd245e5", 507.59, 71.586, 90.374, 256, 224],
      ["vgg16", 1, "vgg16-397923af", 527.796, 71.592, 90.382, 256, 224],
      ["vgg16_bn", 1, "vgg16_bn-6c64b313", 527.866, 73.36, 91.516, 256, 224],
      ["vgg19", 1, "vgg19-dcbb9e9d", 548.051, 72.376, 90.876, 256, 224],
      ["vgg19_bn", 1, "vgg19_bn-c79401a0", 548.143, 74.218, 91.842, 256, 224],
    ],
  },
  {
    recipe: `${REFERENCES}#googlenet`,
    interpolation: "bilinear",
    rows: [["googlenet", 1, "googlenet-1378be20", 49.731, 69.778, 89.53, 256, 224]],
  },
  {
    recipe: `${REFERENCES}#resnet`,
    interpolation: "bilinear",
    rows: [
      ["resnet18", 1, "resnet18-f37072fd", 44.661, 69.758, 89.078, 256, 224],
      ["resnet34", 1, "resnet34-b627a593", 83.275, 73.314, 91.42, 256, 224],
      ["resnet50", 1, "resnet50-0676ba61", 97.781, 76.13, 92.862, 256, 224],
      ["resnet101", 1, "resnet101-63fe2227", 170.511, 77.374, 93.546, 256, 224],
      ["resnet152", 1, "resnet152-394f9c45", 230.434, 78.312, 94.046, 256, 224],
    ],
  },
  {
    recipe: `${NEW_RECIPE}#issuecomment-1013906621`,
    interpolation: "bilinear",
    rows: [["resnet50", 2, "resnet50-11ad3fa6", 97.79, 80.858, 95.434, 232, 224]],
  },
  {
    recipe: `${NEW_RECIPE}#new-recipe`,
    interpolation: "bilinear",
    rows: [
      ["resnet101", 2, "resnet101-cd907fc2", 170.53, 81.886, 95.78, 232, 224],
      ["resnet152", 2, "resnet152-f82ba261", 230.474, 82.284, 96.002, 232, 224],
      ["resnext50_32x4d", 2, "resnext50_32x4d-1a0047aa", 95.833, 81.198, 95.34, 232, 224],
      ["wide_resnet101_2", 2, "wide_resnet101_2-d733dc28", 484.747, 82.51, 96.02, 232, 224],
    ],
  },
  {
    recipe: `${REFERENCES}#resnext`,
    interpolation: "bilinear",
    rows: [
      ["resnext50_32x4d", 1, "resnext50_32x4d-7cdf4587", 95.789, 77.618, 93.698, 256, 224],
      ["resnext101_32x8d", 1, "resnext101_32x8d-8ba56ff5", 339.586, 79.312, 94.526, 256, 224],
    ],
  },
  {
    recipe: `${NEW_RECIPE}#new-recipe-with-fixres`,
    interpolation: "bilinear",
    rows: [
      ["resnext101_32x8d", 2, "resnext101_32x8d-110c445d", 339.673, 82.834, 96.228, 232, 224],
      ["wide_resnet50_2", 2, "wide_resnet50_2-9ba9bcbe", 263.124, 81.602, 95.758, 232, 224],
    ],
  },
  {
    recipe: "https://github.com/pytorch/vision/pull/5935",
    interpolation: "bilinear",
    rows: [["resnext101_64x4d", 1, "resnext101_64x4d-173b62eb", 319.318, 83.246, 96.454, 232, 224]],
  },
  {
    recipe: "https://github.com/pytorch/vision/pull/912#issue-445437439",
    interpolation: "bilinear",
    rows: [
      ["wide_resnet50_2", 1, "wide_resnet50_2-95faca4d", 131.82, 78.468, 94.086, 256, 224],
      ["wide_resnet101_2", 1, "wide_resnet101_2-32ee1156", 242.896, 78.848, 94.284, 256, 224],
    ],
  },
  {
    recipe: "https://github.com/pytorch/vision/pull/116",
    interpolation: "bilinear",
    rows: [
      ["densenet121", 1, "densenet121-a639ec97", 30.845, 74.434, 91.972, 256, 224],
      ["densenet161", 1, "densenet161-8d451a50", 110.369, 77.138, 93.56, 256, 224],
      ["densenet169", 1, "densenet169-b2777c0a", 54.708, 75.6, 92.806, 256, 224],
      ["densenet201", 1, "densenet201-c1103571", 77.373, 76.896, 93.37, 256, 224],
    ],
  },
  {
    recipe: "https://github.com/pytorch/vision/pull/49#issuecomment-277560717",
    interpolation: "bilinear",
    rows: [
      ["squeezenet1_0", 1, "squeezenet1_0-b66bff10", 4.778, 58.092, 80.42, 256, 224],
      ["squeezenet1_1", 1, "squeezenet1_1-b8a52dc0", 4.729, 58.178, 80.624, 256, 224],
    ],
  },
  {
    recipe: `${REFERENCES}#mobilenetv2`,
    interpolation: "bilinear",
    rows: [["mobilenet_v2", 1, "mobilenet_v2-b0353104", 13.555, 71.878, 90.286, 256, 224]],
  },
  {
    recipe: `${NEW_RECIPE}#new-recipe-with-reg-tuning`,
    interpolation: "bilinear",
    rows: [
      ["mobilenet_v2", 2, "mobilenet_v2-7ebf99e0", 13.598, 72.154, 90.822, 232, 224],
      ["mobilenet_v3_large", 2, "mobilenet_v3_large-5c1a4163", 21.107, 75.274, 92.566, 232, 224],
    ],
  },
  {
    recipe: `${REFERENCES}#inception-v3`,
    interpolation: "bilinear",
    rows: [["inception_v3", 1, "inception_v3_google-0cc3c7bd", 103.903, 77.294, 93.45, 342, 299]],
  },
  {
    recipe: `${REFERENCES}#mobilenetv3-large--small`,
    interpolation: "bilinear",
    rows: [
      ["mobilenet_v3_small", 1, "mobilenet_v3_small-047dcff4", 9.829, 67.668, 87.402, 256, 224],
      ["mobilenet_v3_large", 1, "mobilenet_v3_large-8738ca79", 21.114, 74.042, 91.34, 256, 224],
    ],
  },
  {
    recipe: "https://github.com/ericsun99/Shufflenet-v2-Pytorch",
    interpolation: "bilinear",
    rows: [
      ["shufflenet_v2_x0_5", 1, "shufflenetv2_x0.5-f707e7126e", 5.282, 60.552, 81.746, 256, 224],
      ["shufflenet_v2_x1_0", 1, "shufflenetv2_x1-5666bf0f80", 8.791, 69.362, 88.316, 256, 224],
    ],
  },
  {
    recipe: "https://github.com/pytorch/vision/pull/5906",
    interpolation: "bilinear",
    rows: [
      ["shufflenet_v2_x1_5", 1, "shufflenetv2_x1_5-3c479a10", 13.557, 72.996, 91.086, 232, 224],
      ["shufflenet_v2_x2_0", 1, "shufflenetv2_x2_0-8be3c8ee", 28.433, 76.23, 93.006, 232, 224],
    ],
  },
  {
    recipe: `${REFERENCES}#efficientnet-v1`,
    interpolation: "bicubic",
    rows: [
      ["efficientnet_b0", 1, "efficientnet_b0_rwightman-7f5810bc", 20.451, 77.692, 93.532, 256, 224],
      ["efficientnet_b1", 1, "efficientnet_b1_rwightman-bac287d4", 30.134, 78.642, 94.186, 256, 240],
      ["efficientnet_b2", 1, "efficientnet_b2_rwightman-c35c1473", 35.174, 80.608, 95.31, 288, 288],
      ["efficientnet_b3", 1, "efficientnet_b3_rwightman-b3899882", 47.184, 82.008, 96.054, 320, 300],
      ["efficientnet_b4", 1, "efficientnet_b4_rwightman-23ab8bcd", 74.489, 83.384, 96.594, 384, 380],
      ["efficientnet_b5", 1, "efficientnet_b5_lukemelas-1a07897c", 116.864, 83.444, 96.628, 456, 456],
      ["efficientnet_b6", 1, "efficientnet_b6_lukemelas-24a108a5", 165.362, 84.008, 96.916, 528, 528],
      ["efficientnet_b7", 1, "efficientnet_b7_lukemelas-c5b4e57e", 254.675, 84.122, 96.908, 600, 600],
    ],
  },
  {
    recipe: `${NEW_RECIPE}#new-recipe-with-lr-wd-crop-tuning`,
    interpolation: "bilinear",
    rows: [["efficientnet_b1", 2, "efficientnet_b1-c27df63c", 30.136, 79.838, 94.934, 255, 240]],
  },
  {
    recipe: `${REFERENCES}#convnext`,
    interpolation: "bilinear",
    rows: [
      ["convnext_tiny", 1, "convnext_tiny-983f1562", 109.119, 82.52, 96.146, 236, 224],
      ["convnext_small", 1, "convnext_small-0c510722", 191.703, 83.616, 96.65, 230, 224],
      ["convnext_base", 1, "convnext_base-6075fbad", 338.064, 84.062, 96.87, 232, 224],
      ["convnext_large", 1, "convnext_large-ea097f82", 754.537, 84.414, 96.976, 232, 224],
    ],
  },
];
