import { localised } from "../../i18n/language.js";

/** The texts of the view that compares backends. */
export const compareWords = localised(
  {
    intro:
      "Runs one network on one image with every backend of this browser and compares the results with the float64 oracle. Everything runs here; nothing leaves your machine.",
    runAll: (count: number): string => `Classify all ${count} samples`,
    choosePicture: "Choose a picture first.",
    results: "Results",
  },
  {
    intro:
      "用本浏览器的所有后端在同一张图片上运行同一个网络，并将结果与 float64 参考实现比较。一切都在本机运行，不上传任何内容。",
    runAll: (count) => `对全部 ${count} 张样本分类`,
    choosePicture: "请先选择一张图片。",
    results: "结果",
  },
);
