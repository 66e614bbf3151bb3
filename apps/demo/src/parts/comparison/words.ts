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

/** The texts of a comparison, in every view that shows one. */
export const comparisonWords = localised(
  {
    chooseBackends: "Choose at least one backend.",
    phases,
    cold: "cold start",
    coldHint: "fetch and start the runtime, compile, run once",
    warm: "warm run",
    notRepeated: "not repeated",
    notRepeatedHint: "the first run took too long to repeat it for timing",
    milliseconds: (text: string): string => `${text} ms`,
    imagesASecond: (count: string): string => `${count} images/s`,
    guesses: "Most likely classes",
    className: (index: number): string => `class ${index}`,
    accuracy: (correct: number, count: number): string => `${correct} of ${count} right`,
    accuracyShare: (share: string): string => `accuracy ${share}`,
    ofBound: (share: string): string => `${share} of the bound`,
    within: "agrees",
    outside: "outside its bound",
    toBeJudged: "not judged yet",
    judging: "float64 oracle running",
    notJudged: "not judged",
    deviation: (text: string): string => `deviation ${text}`,
    oracle: "float64 oracle",
    oracleIdle:
      "Every result is compared with the float64 oracle. The bound is 8 × the noise floor of float32 arithmetic, and proportionally larger where a backend declares coarser arithmetic.",
    oracleWaiting: "The float64 oracle starts when the runtimes that use several threads or a GPU have been timed.",
    oracleRunning: "float64 oracle running: the same network six times in double precision, in a separate worker.",
    oracleDone: (floor: string, bound: string, allowance: number): string =>
      `float64 oracle: the noise floor of float32 arithmetic is ${floor} of the largest logit; the bound is ${bound} (${allowance} × the noise floor).`,
    oracleStopped: "float64 oracle stopped.",
    chart: "Milliseconds per warm run, by round.",
    timing:
      "Backends run one at a time; reference and tfjs-cpu run at the same time as the oracle, which uses one core. Bench times backends in interleaved rounds, with confidence intervals.",
    chartOf: (backends: string): string =>
      `Chart of the milliseconds per warm run in each round, by backend: ${backends}`,
    round: "round",
    identical: "identical predictions",
    different: (backends: string): string => `different predictions: ${backends}`,
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
        differing.length === 0 ? "identical predictions" : `${differing.join(", ")} break ties differently`;
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
    cold: "冷启动",
    coldHint: "下载并启动运行时、编译、首次运行",
    warm: "热运行",
    notRepeated: "未重复",
    notRepeatedHint: "首次运行耗时过长，不再为计时重复运行",
    milliseconds: (text) => `${text} 毫秒`,
    imagesASecond: (count) => `${count} 张/秒`,
    guesses: "最可能的类别",
    className: (index) => `类别 ${index}`,
    accuracy: (correct, count) => `${count} 张中正确 ${correct} 张`,
    accuracyShare: (share) => `准确率 ${share}`,
    ofBound: (share) => `占误差上界的 ${share}`,
    within: "一致",
    outside: "超出误差上界",
    toBeJudged: "尚未判定",
    judging: "float64 参考实现运行中",
    notJudged: "未判定",
    deviation: (text) => `偏差 ${text}`,
    oracle: "float64 参考实现",
    oracleIdle:
      "每个结果都与 float64 参考实现比较。误差上界为 float32 运算噪声底的 8 倍；若后端声明的运算精度较低，则按比例放宽。",
    oracleWaiting: "使用多线程或 GPU 的运行时计时完毕后，float64 参考实现才开始运行。",
    oracleRunning: "float64 参考实现运行中：在单独的 Worker 中以双精度将同一网络运行六次。",
    oracleDone: (floor, bound, allowance) =>
      `float64 参考实现：float32 运算的噪声底为最大 logit 的 ${floor}；误差上界为 ${bound}（噪声底的 ${allowance} 倍）。`,
    oracleStopped: "float64 参考实现已停止。",
    chart: "每轮单次热运行的耗时（毫秒）。",
    timing:
      "后端逐个运行；reference 和 tfjs-cpu 与参考实现同时运行，后者占用一个核心。“测速”页按交错轮次计时，并给出置信区间。",
    chartOf: (backends) => `各后端每轮单次热运行耗时（毫秒）的图表：${backends}`,
    round: "轮",
    identical: "预测完全相同",
    different: (backends) => `预测不同：${backends}`,
    running: "运行中……",
    verdict: (verdict, share) => {
      if (verdict.kind === "nothing ran") return "✗ 没有后端运行：所选后端在此均不可用。";
      if (verdict.kind === "disagree") {
        const { outside, failed } = verdict;
        const reasons = [...outside.map((id) => `${id} 超出误差上界`), ...failed.map((id) => `${id} 失败`)];
        return `✗ 并非所有后端都一致：${reasons.join("；")}。`;
      }
      const { backends, differing, worst, worstShare } = verdict;
      const who = backends.length === 1 ? `${worst} ` : `${backends.length} 个后端`;
      const predictions =
        differing.length === 0 ? "预测完全相同" : `${differing.join("、")} 在得分并列时选择了不同的类别`;
      return `✓ ${who}与 float64 参考实现一致；${predictions}；最多占误差上界的 ${share(worstShare)}（${worst}）。`;
    },
  },
);
