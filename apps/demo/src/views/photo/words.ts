import { localised } from "../../i18n/language.js";

/** The texts of the view that classifies a photo. */
export const photoWords = localised(
  {
    heading: "What is on the photo?",
    intro:
      "MobileNetV2 classifies the photo in this browser; nothing leaves your machine. Take a photo of your own, or see whether every backend gives the same answer.",
    photos: "Photos",
    answer: "The five most probable of 1000 classes",
    phases: {
      fetching: "Fetching the photo and the weights (7 MB)…",
      opening: "Fetching and starting the runtime…",
      running: "Running…",
    },
    done: (milliseconds: string, runtime: string): string => `${milliseconds} ms, ${runtime}`,
    compare: "Compare all backends on this photo",
    network:
      "The weights are torchvision's for ImageNet, in half precision. The photo becomes the network's input with the bits of torchvision's preprocessing.",
    licence: "Licence of the weights",
  },
  {
    heading: "照片里是什么？",
    intro:
      "MobileNetV2 在本浏览器中对照片分类，不上传任何内容。可以换成你自己的照片，也可以查看所有后端是否给出相同的答案。",
    photos: "照片",
    answer: "1000 类中最可能的五类",
    phases: {
      fetching: "正在获取照片和权重（7 MB）……",
      opening: "正在获取并启动运行时……",
      running: "运行中……",
    },
    done: (milliseconds, runtime) => `${milliseconds} 毫秒，${runtime}`,
    compare: "用所有后端对比这张照片",
    network:
      "权重为 torchvision 在 ImageNet 上训练的半精度权重。照片转换为网络输入的方式与 torchvision 的预处理逐位相同。",
    licence: "权重的许可证",
  },
);
