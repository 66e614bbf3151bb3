import type { Module } from "../module.js";

/**
 * PyTorch's `nn.Softmax`; a negative `dim` counts from the last axis.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function softmax(dim: number): Module {
  return (scope, x) => scope.graph.softmax({ x }, { axis: axisOf(dim, x.shape.length) }, scope.nodeName());
}

/**
 * PyTorch's `nn.LogSoftmax`; a negative `dim` counts from the last axis.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function logSoftmax(dim: number): Module {
  return (scope, x) => scope.graph.logSoftmax({ x }, { axis: axisOf(dim, x.shape.length) }, scope.nodeName());
}

function axisOf(dim: number, rank: number): number {
  return dim < 0 ? dim + rank : dim;
}
