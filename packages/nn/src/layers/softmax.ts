import { checkNoMore } from "@isoconv/core-spec";
import { locate, parseAxis } from "../arguments.js";
import type { Module } from "../module.js";

/**
 * PyTorch's `nn.Softmax`; a negative `dim` counts from the last axis.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function softmax(dim: number, ...none: never[]): Module {
  checkNoMore(none, { op: "softmax" });
  return (scope, x) =>
    scope.graph.softmax({ x }, { axis: parseAxis(dim, x, "dim", locate(scope, "softmax")) }, scope.nodeName());
}

/**
 * PyTorch's `nn.LogSoftmax`; a negative `dim` counts from the last axis.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function logSoftmax(dim: number, ...none: never[]): Module {
  checkNoMore(none, { op: "logSoftmax" });
  return (scope, x) =>
    scope.graph.logSoftmax({ x }, { axis: parseAxis(dim, x, "dim", locate(scope, "logSoftmax")) }, scope.nodeName());
}
