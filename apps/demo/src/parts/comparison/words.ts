import { localised } from "../../i18n/language.js";
import type { Phase } from "./comparison.js";
import type { Verdict } from "./verdict.js";

const phases: Readonly<Record<Phase, string>> = {
  idle: "not run yet",
  waiting: "waiting",
  opening: "opening",
  compiling: "compiling",
  running: "running",
  done: "done",
  unavailable: "not available",
  failed: "failed",
  stopped: "stopped",
};

/** The words of a comparison, wherever it is. */
export const comparisonWords = localised(
  {
    chooseBackends: "Choose at least one backend.",
    phases,
    cold: "first answer",
    coldHint: "fetch and start the runtime, compile, run once",
    warm: "then",
    notRepeated: "not repeated",
    notRepeatedHint: "the first run took too long to run it again for its time only",
    milliseconds: (text: string): string => `${text} ms`,
    imagesASecond: (count: string): string => `${count} images/s`,
    guesses: "Likeliest classes",
    className: (index: number): string => `class ${index}`,
    accuracy: (correct: number, count: number): string => `${correct} of ${count} right`,
    accuracyShare: (share: string): string => `accuracy ${share}`,
    ofBound: (share: string): string => `${share} of the bound`,
    within: "agrees",
    outside: "outside its bound",
    toBeJudged: "to be judged",
    judging: "float64 oracle running",
    notJudged: "not judged",
    deviation: (text: string): string => `deviation ${text}`,
    oracle: "float64 oracle",
    oracleIdle:
      "The float64 oracle judges every answer: a backend may deviate by 8 noise floors of float32 arithmetic, by more in proportion where it declares coarser arithmetic.",
    oracleWaiting: "The float64 oracle waits until the runtimes that use several threads or a GPU are timed.",
    oracleRunning: "float64 oracle running: the same network six times in double precision, in a worker of its own.",
    oracleDone: (floor: string, bound: string, allowance: number): string =>
      `float64 oracle: noise floor of float32 arithmetic ${floor} of the largest logit; its bound ${bound} (${allowance} noise floors).`,
    oracleStopped: "float64 oracle stopped.",
    chart: "Milliseconds of a warm run, round by round.",
    timing:
      "One backend runs at a time, reference and tfjs-cpu beside the oracle, which takes a core. Bench times in interleaved rounds, with confidence intervals.",
    chartOf: (backends: string): string =>
      `Chart of the milliseconds of a warm run in each round, by backend: ${backends}`,
    round: "round",
    identical: "identical predictions",
    different: (backends: string): string => `${backends} predict otherwise`,
    running: "running…",
    verdict: (verdict: Verdict, share: (share: number) => string): string => {
      if (verdict.kind === "nothing ran") return "✗ nothing ran: no chosen backend is available here.";
      if (verdict.kind === "disagree") {
        const { outside, failed } = verdict;
        const reasons = [...outside.map((id) => `${id} is outside its bound`), ...failed.map((id) => `${id} failed`)];
        return `✗ not all backends agree: ${reasons.join("; ")}.`;
      }
      const { backends, differing, worst, worstShare } = verdict;
      const who = backends.length === 1 ? `${worst} agrees` : `${backends.length} backends agree`;
      const predictions =
        differing.length === 0 ? "identical predictions" : `${differing.join(", ")} break ties otherwise`;
      return `✓ ${who} with the float64 oracle; ${predictions}; at most ${share(worstShare)} of the bound (${worst}).`;
    },
  },
  {
    chooseBackends: "请至少选择一个后端。",
    phases: {
      idle: "尚未运行",
      waiting: "等待中",
      opening: "正在打开",
      compiling: "正在编译",
      running: "运行中",
      done: "完成",
      unavailable: "不可用",
      failed: "失败",
      stopped: "已停止",
    },
    cold: "首次答案",
    coldHint: "下载并启动运行时、编译、运行一次",
    warm: "之后",
    notRepeated: "未重复",
    notRepeatedHint: "首次运行太慢，不再为计时重复",
    milliseconds: (text) => `${text} 毫秒`,
    imagesASecond: (count) => `每秒 ${count} 张`,
    guesses: "最可能的类别",
    className: (index) => `类别 ${index}`,
    accuracy: (correct, count) => `${count} 张中 ${correct} 张正确`,
    accuracyShare: (share) => `准确率 ${share}`,
    ofBound: (share) => `占界限的 ${share}`,
    within: "一致",
    outside: "超出界限",
    toBeJudged: "待判定",
    judging: "float64 基准运行中",
    notJudged: "未判定",
    deviation: (text) => `偏差 ${text}`,
    oracle: "float64 基准",
    oracleIdle:
      "每个答案都由 float64 基准判定：float32 运算的偏差不得超过其噪声的 8 倍；后端声明的精度较低时，界限按比例放宽。",
    oracleWaiting: "float64 基准等待使用多线程或 GPU 的运行时计时完毕。",
    oracleRunning: "float64 基准运行中：同一网络以双精度运行六次，在单独的线程里。",
    oracleDone: (floor, bound, allowance) =>
      `float64 基准：float32 运算的噪声为最大 logit 的 ${floor}；其界限 ${bound}（噪声的 ${allowance} 倍）。`,
    oracleStopped: "float64 基准已停止。",
    chart: "每轮中一次热运行的毫秒数。",
    timing:
      "后端逐个运行；reference 与 tfjs-cpu 运行时，基准同时占用一个核心。“测速”页以交错轮次计时，并给出置信区间。",
    chartOf: (backends) => `各后端每轮中一次热运行毫秒数的图表：${backends}`,
    round: "轮",
    identical: "预测完全相同",
    different: (backends) => `${backends} 的预测不同`,
    running: "运行中……",
    verdict: (verdict, share) => {
      if (verdict.kind === "nothing ran") return "✗ 没有任何后端运行：所选后端在这里都不可用。";
      if (verdict.kind === "disagree") {
        const { outside, failed } = verdict;
        const reasons = [...outside.map((id) => `${id} 超出界限`), ...failed.map((id) => `${id} 失败`)];
        return `✗ 并非所有后端都一致：${reasons.join("；")}。`;
      }
      const { backends, differing, worst, worstShare } = verdict;
      const who = backends.length === 1 ? `${worst} ` : `${backends.length} 个后端`;
      const predictions = differing.length === 0 ? "预测完全相同" : `${differing.join("、")} 对并列者的取舍不同`;
      return `✓ ${who}与 float64 基准一致；${predictions}；最多占界限的 ${share(worstShare)}（${worst}）。`;
    },
  },
);
