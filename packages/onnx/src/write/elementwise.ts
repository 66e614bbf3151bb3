import { decomposed } from "@isoconv/core-spec";
import { float, string } from "../model/attributes.js";
import type { OnnxTable } from "./lowering-site.js";

export const elementwise = {
  add: ({ a, b }, _attrs, site) => site.last("Add", [a.name, b.name]),
  mul: ({ a, b }, _attrs, site) => site.last("Mul", [a.name, b.name]),

  relu: ({ x }, _attrs, site) => site.last("Relu", [x.name]),
  leakyRelu: ({ x }, { slope }, site) => site.last("LeakyRelu", [x.name], { alpha: float(slope) }),
  // ONNX aligns slopes at the last axis; a single one has no axis.
  prelu: ({ x, slope }, _attrs, site) => {
    const count = Number(slope.shape[0]);
    const alongChannels = count === 1 ? [] : [count, ...x.shape.slice(2).map(() => 1)];
    return site.last("PRelu", [x.name, site.step("Reshape", [slope.name, site.int64(alongChannels)])]);
  },
  elu: ({ x }, { alpha }, site) => site.last("Elu", [x.name], { alpha: float(alpha) }),
  // Always pass both limits: for a missing one ONNX Runtime uses the largest finite number, which would clip ∞.
  clip: ({ x }, { min, max }, site) => site.last("Clip", [x.name, site.scalar(min), site.scalar(max)]),

  sigmoid: ({ x }, _attrs, site) => site.last("Sigmoid", [x.name]),
  tanh: ({ x }, _attrs, site) => site.last("Tanh", [x.name]),
  // ONNX's default slope is 0.2.
  hardSigmoid: ({ x }, _attrs, site) => site.last("HardSigmoid", [x.name], { alpha: float(1 / 6), beta: float(0.5) }),
  hardSwish: ({ x }, _attrs, site) => site.last("HardSwish", [x.name]),
  silu: decomposed,
  gelu: ({ x }, _attrs, site) => site.last("Gelu", [x.name], { approximate: string("none") }),
} satisfies Partial<OnnxTable>;
