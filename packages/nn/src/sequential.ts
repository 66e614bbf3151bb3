import { checkNoMore } from "@isoconv/core-spec";
import { namedChildren, type Children } from "./children.js";
import type { Module } from "./module.js";

/**
 * PyTorch's `nn.Sequential`: each module takes the result of the previous one. An array names its children `0`, `1`, …;
 * an object by its keys, in order.
 *
 * @throws IsoconvError `INVALID_GRAPH` for a key that is a number
 */
export function sequential(children: Children, ...none: never[]): Module {
  checkNoMore(none, { op: "sequential" }, "Give the modules as one array");
  const named = namedChildren(children);
  return (scope, x) => named.reduce((value, [name, module]) => scope.call(name, module, value), x);
}
