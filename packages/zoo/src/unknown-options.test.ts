import { expect, test } from "vitest";
import {
  createModel,
  drawingOf,
  formatSummary,
  modelSummary,
  renderSvg,
  residualBlock,
  type ModelSummary,
} from "./index.js";

const model = createModel("d2l/lenet");
const summary: ModelSummary = modelSummary(model);
const drawing = drawingOf(model);

test.each<[string, (options: never) => unknown, object, RegExp]>([
  ["createModel", (options) => createModel("d2l/lenet", options), { num_classes: 2 }, /"classes"/],
  ["modelSummary", (options) => modelSummary(model, options), { batches: 2 }, /"batch"/],
  ["modelSummary", (options) => modelSummary(model, options), { batch: 0 }, /an integer ≥ 1, got 0/],
  ["formatSummary", (options) => formatSummary(summary, options), { depths: 1 }, /"depth"/],
  ["formatSummary", (options) => formatSummary(summary, options), { format: "json" }, /"text" or "markdown"/],
  ["drawingOf", (options) => drawingOf(model, options), { Depth: 1 }, /"depth"/],
  ["renderSvg", (options) => renderSvg(drawing, options), { direction: "left" }, /"down" or "right", got "left"/],
  ["residualBlock", (options) => residualBlock(3, 3, options), { use1x1conv: true }, /"use1x1Conv"/],
  ["residualBlock", (options) => residualBlock(3, 3, options), { use1x1Conv: 1 }, /true or false, got 1/],
])("%s refuses wrong options", (_name, call, options, message) => {
  const refused = (): unknown => call(options as never);
  expect(refused).toThrow(/^INVALID_ATTRIBUTE: /);
  expect(refused).toThrow(message);
});
