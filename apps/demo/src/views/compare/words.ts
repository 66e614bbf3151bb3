import { localised } from "../../i18n/language.js";

/** The words of the view that compares backends. */
export const compareWords = localised(
  {
    intro:
      "One network, one image, every backend of this browser: the same answer, held against float64 arithmetic. Everything runs here; nothing leaves your machine.",
    runAll: (count: number): string => `Classify all ${count} samples`,
    choosePicture: "Choose a picture first.",
    results: "Results",
  },
  {
    intro:
      "同一个网络、同一张图片、本浏览器的所有后端：同样的答案，并与 float64 运算对照。一切都在本机运行，不上传任何内容。",
    runAll: (count) => `对全部 ${count} 张样本分类`,
    choosePicture: "请先选择一张图片。",
    results: "结果",
  },
);
