import { checkNoMore } from "@isoconv/core-spec";
import type { Module } from "../module.js";

/**
 * PyTorch's `nn.Dropout` in evaluation mode: the identity, kept in the graph with its `p`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function dropout(p = 0.5, ...none: never[]): Module {
  checkNoMore(none, { op: "dropout" });
  return (scope, x) => scope.graph.dropout({ x }, { p }, scope.nodeName());
}
