/// <reference lib="webworker" />
import { serve, type Handlers } from "./serve.js";

/** Each task's code is fetched when the task is first called. */
const handlers: Handlers = {
  run: async (given, context) => (await import("./run-task.js")).run(given, context),
  oracle: async (given, context) => (await import("./oracle-task.js")).oracle(given, context),
  checkpoint: async (given, context) => (await import("../parts/checkpoint-task.js")).checkpoint(given, context),
  picture: async (given, context) => (await import("../parts/picture-task.js")).picture(given, context),
  classify: async (given, context) => (await import("../views/photo/classify-task.js")).classify(given, context),
  insidePlan: async (given, context) => (await import("../views/inside/plan/plan-task.js")).plan(given, context),
  insideLayer: async (given, context) => (await import("../views/inside/layer/layer-task.js")).layer(given, context),
  insideComparison: async (given, context) =>
    (await import("../views/inside/layer/comparison-task.js")).comparison(given, context),
  insideFilters: async (given, context) =>
    (await import("../views/inside/filters/filters-task.js")).filters(given, context),
  insideActivation: async (given, context) =>
    (await import("../views/inside/activation/activation-task.js")).activation(given, context),
  conformance: async (given, context) =>
    (await import("../views/conformance/suite-task.js")).conformance(given, context),
  conformanceCase: async (given, context) =>
    (await import("../views/conformance/case-task.js")).conformanceCase(given, context),
  faults: async (given, context) => (await import("../views/conformance/faults-task.js")).faults(given, context),
  reports: async (given, context) => (await import("../views/conformance/reports-task.js")).reports(given, context),
  bench: async (given, context) => (await import("../views/bench/bench-task.js")).bench(given, context),
  benchSubjects: async (given, context) => (await import("../views/bench/bench-task.js")).benchSubjects(given, context),
  zooFigures: async (given, context) => (await import("../views/zoo/figures-task.js")).zooFigures(given, context),
  zooNetwork: async (given) => (await import("../views/zoo/network-task.js")).zooNetwork(given),
  analyseNetwork: async (given) => (await import("../views/build/analyse-task.js")).analyseNetwork(given),
};

serve(self, handlers);
