import { elementCount } from "@isoconv/core-spec";
import { gatherLine, linesAlong } from "../lines.js";
import { type OracleTable, zeros, zerosWithPartial } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/** Operations that scale by statistics, given or of the operand. */
export const normalisation = {
  /**
   * `y = scale·(x − mean)/√(variance + ε) + offset`, with the statistics of each element's channel (axis 1).
   * `M = |scale|·(|x| + |mean|)/√(variance + ε) + |offset|`.
   */
  batchNorm: ({ x, mean, variance, scale, offset }, { epsilon }, { shape }) => {
    const channels = mean.value.length;
    const size = elementCount(shape.slice(2));
    const y = zerosWithPartial(shape);
    for (let k = 0; k < y.value.length; k += 1) {
      const c = Math.floor(k / size) % channels;
      const deviation = Math.sqrt(variance.value[c] + epsilon);
      const gamma = scale === undefined ? 1 : scale.value[c];
      const beta = offset === undefined ? 0 : offset.value[c];
      y.value[k] = (gamma * (x.value[k] - mean.value[c])) / deviation + beta;
      const spread = Math.abs(x.value[k]) + Math.abs(mean.value[c]);
      y.magnitude[k] = (Math.abs(gamma) * spread) / deviation + Math.abs(beta);
      // Scaled before it is divided, or divided before it is scaled.
      const largest = (spread * Math.max(1, Math.abs(gamma))) / Math.min(1, deviation);
      y.partial[k] = Math.max(largest, 1 / (variance.value[c] + epsilon));
    }
    return y;
  },

  /**
   * `y = scale·(x − μ)/√(σ² + ε) + offset`, with mean and biased variance of each line along the axis, in two passes.
   * `M = |scale|·(|x| + mean|x|)/√(σ² + ε) + |offset|`.
   */
  layerNorm: ({ x, scale, offset }, { axis, epsilon }, { shape, summation = exactSummation }) => {
    const y = zerosWithPartial(shape);
    const { starts, steps } = linesAlong(shape, [axis]);
    for (const start of starts) {
      const line = gatherLine(x.value, start, steps);
      const mean = summation.sum(line) / line.length;
      const absolute = absoluteSum(line);
      const absoluteMean = absolute / line.length;
      const squares = summation.sum(line.map((element) => (element - mean) ** 2));
      const variance = squares / line.length;
      const deviation = Math.sqrt(variance + epsilon);
      for (const [c, step] of steps.entries()) {
        const gamma = scale === undefined ? 1 : scale.value[c];
        const beta = offset === undefined ? 0 : offset.value[c];
        y.value[start + step] = (gamma * (line[c] - mean)) / deviation + beta;
        y.magnitude[start + step] = (Math.abs(gamma) * (Math.abs(line[c]) + absoluteMean)) / deviation + Math.abs(beta);
        y.partial[start + step] = Math.max(absolute, squares, 1 / (variance + epsilon));
      }
    }
    return y;
  },

  /**
   * `y_c = x_c / (bias + (alpha/size)·s)^beta`, `s` the sum of x² over the channels `c − ⌊(size−1)/2⌋ … c + ⌈(size−1)/2⌉`
   * that exist. `M = |y|·|beta|·((alpha/size)·R/b + |ln b|)`, `b` the base and `R` the sum over channels 0 … c + ⌈(size−1)/2⌉,
   * which is what an implementation that slides the window has added up. Channels that are not finite are left out of `R`
   * where the window does not hold them: sliding past them has no bounded error.
   */
  lrn: ({ x }, { size, alpha, beta, bias }, { shape, summation = exactSummation }) => {
    const [batch, channels, height, width] = shape;
    const plane = height * width;
    const y = zerosWithPartial(shape);
    const squares = new Float64Array(channels);
    for (let n = 0; n < batch; n += 1) {
      for (let pixel = 0; pixel < plane; pixel += 1) {
        const at = (c: number): number => (n * channels + c) * plane + pixel;
        for (let c = 0; c < channels; c += 1) squares[c] = x.value[at(c)] ** 2;
        let running = 0;
        let reached = 0;
        for (let c = 0; c < channels; c += 1) {
          const begin = Math.max(0, c - Math.floor((size - 1) / 2));
          const end = Math.min(channels, c + Math.ceil((size - 1) / 2) + 1);
          for (; reached < end; reached += 1) if (Number.isFinite(squares[reached])) running += squares[reached];
          const base = bias + (alpha / size) * summation.sum(squares.subarray(begin, end));
          const result = x.value[at(c)] / base ** beta;
          y.value[at(c)] = result;
          y.magnitude[at(c)] =
            Math.abs(result) * Math.abs(beta) * (((alpha / size) * running) / base + Math.abs(Math.log(base)));
          y.partial[at(c)] = Math.max(running, base ** beta);
        }
      }
    }
    return y;
  },

  /** `y_i = e^(x_i − max) / Σ_j e^(x_j − max)` along the axis; `M = y_i · |x_i − max|`, 0 where `y_i` is. */
  softmax: ({ x }, { axis }, { shape, summation = exactSummation }) => {
    const y = zeros(shape);
    const { starts, steps } = linesAlong(shape, [axis]);
    for (const start of starts) {
      const line = gatherLine(x.value, start, steps);
      const max = line.reduce((a, b) => Math.max(a, b), -Infinity);
      const exponentials = line.map((element) => Math.exp(element - max));
      const total = summation.sum(exponentials);
      for (const [k, step] of steps.entries()) {
        const result = exponentials[k] / total;
        y.value[start + step] = result;
        y.magnitude[start + step] = result === 0 ? 0 : result * Math.abs(line[k] - max);
      }
    }
    return y;
  },

  /** `y_i = (x_i − max) − ln Σ_j e^(x_j − max)` along the axis; `M = |x_i − max| + ln Σ_j e^(x_j − max) + 1`. */
  logSoftmax: ({ x }, { axis }, { shape, summation = exactSummation }) => {
    const y = zeros(shape);
    const { starts, steps } = linesAlong(shape, [axis]);
    for (const start of starts) {
      const line = gatherLine(x.value, start, steps);
      const max = line.reduce((a, b) => Math.max(a, b), -Infinity);
      const logTotal = Math.log(summation.sum(line.map((element) => Math.exp(element - max))));
      for (const [k, step] of steps.entries()) {
        y.value[start + step] = line[k] - max - logTotal;
        y.magnitude[start + step] = Math.abs(line[k] - max) + logTotal + 1;
      }
    }
    return y;
  },
} satisfies Partial<OracleTable>;
