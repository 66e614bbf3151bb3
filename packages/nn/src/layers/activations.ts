import { checkNoMore } from "@isoconv/core-spec";
import { locate, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

/** PyTorch's `nn.ReLU`: `max(x, 0)`. */
export function relu(...none: never[]): Module {
  checkNoMore(none, { op: "relu" });
  return (scope, x) => scope.graph.relu({ x }, {}, scope.nodeName());
}

/** PyTorch's `nn.ReLU6`: `min(max(x, 0), 6)`. */
export function relu6(...none: never[]): Module {
  checkNoMore(none, { op: "relu6" });
  return (scope, x) => scope.graph.clip({ x }, { min: 0, max: 6 }, scope.nodeName());
}

/** PyTorch's `nn.LeakyReLU`: `x` where `x ≥ 0`, else `negativeSlope · x`. */
export function leakyRelu(negativeSlope = 0.01, ...none: never[]): Module {
  checkNoMore(none, { op: "leakyRelu" });
  return (scope, x) => scope.graph.leakyRelu({ x }, { slope: negativeSlope }, scope.nodeName());
}

/**
 * PyTorch's `nn.PReLU`: `x` where `x ≥ 0`, else `slope · x`. Parameter `weight`, `[numParameters]`: one slope for each channel
 * (axis 1), or one for all; each starts at `init`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function prelu(numParameters = 1, init = 0.25, ...none: never[]): Module {
  checkNoMore(none, { op: "prelu" });
  return (scope, x) => {
    const shape = [parseCount(numParameters, "numParameters", locate(scope, "prelu"))];
    const slope = scope.parameter("weight", { shape, kind: "scale", initial: init });
    return scope.graph.prelu({ x, slope }, {}, scope.nodeName());
  };
}

/** PyTorch's `nn.ELU`: `x` where `x ≥ 0`, else `alpha · (eˣ − 1)`. */
export function elu(alpha = 1, ...none: never[]): Module {
  checkNoMore(none, { op: "elu" });
  return (scope, x) => scope.graph.elu({ x }, { alpha }, scope.nodeName());
}

/** PyTorch's `nn.Sigmoid`. */
export function sigmoid(...none: never[]): Module {
  checkNoMore(none, { op: "sigmoid" });
  return (scope, x) => scope.graph.sigmoid({ x }, {}, scope.nodeName());
}

/** PyTorch's `nn.Hardsigmoid`: `min(max(x/6 + ½, 0), 1)`. */
export function hardsigmoid(...none: never[]): Module {
  checkNoMore(none, { op: "hardsigmoid" });
  return (scope, x) => scope.graph.hardSigmoid({ x }, {}, scope.nodeName());
}

/** PyTorch's `nn.Hardswish`: `x · hardsigmoid(x)`. */
export function hardswish(...none: never[]): Module {
  checkNoMore(none, { op: "hardswish" });
  return (scope, x) => scope.graph.hardSwish({ x }, {}, scope.nodeName());
}

/** PyTorch's `nn.SiLU`: `x · sigmoid(x)`. */
export function silu(...none: never[]): Module {
  checkNoMore(none, { op: "silu" });
  return (scope, x) => scope.graph.silu({ x }, {}, scope.nodeName());
}

/** PyTorch's `nn.GELU` with `approximate="none"`: `x · Φ(x)`. */
export function gelu(...none: never[]): Module {
  checkNoMore(none, { op: "gelu" });
  return (scope, x) => scope.graph.gelu({ x }, {}, scope.nodeName());
}

/** PyTorch's `nn.Tanh`. */
export function tanh(...none: never[]): Module {
  checkNoMore(none, { op: "tanh" });
  return (scope, x) => scope.graph.tanh({ x }, {}, scope.nodeName());
}
