import { float, int } from "../model/attributes.js";
import { layerNorm } from "./layer-norm.js";
import { lrn } from "./lrn.js";
import type { OnnxTable } from "./lowering-site.js";

export const normalisation = {
  batchNorm: ({ x, mean, variance, scale, offset }, { epsilon }, site) => {
    const channels = Number(mean.shape[0]);
    const gamma = scale?.name ?? site.filled(channels, 1);
    const beta = offset?.name ?? site.filled(channels, 0);
    return site.last("BatchNormalization", [x.name, gamma, beta, mean.name, variance.name], {
      epsilon: float(epsilon),
    });
  },

  layerNorm,
  lrn,

  softmax: ({ x }, { axis }, site) => site.last("Softmax", [x.name], { axis: int(axis) }),
  logSoftmax: ({ x }, { axis }, site) => site.last("LogSoftmax", [x.name], { axis: int(axis) }),

  mean: ({ x }, { axes, keepDims }, site) =>
    site.last("ReduceMean", [x.name, site.int64(axes)], { keepdims: int(keepDims ? 1 : 0) }),
} satisfies Partial<OnnxTable>;
